package io.github.mtgjava.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client sees what it asked for, and nothing else passes for it. */
@Timeout(60)
class MessageClientTest {

    private static final byte[] KEY = PatternStream.bytes(16, 16);
    private static final byte ABRIDGED = ClientOptions.ABRIDGED;
    private static final byte INTERMEDIATE = ClientOptions.INTERMEDIATE;
    private static final byte PADDED = ClientOptions.PADDED;

    /** What is answered to a message, as it goes on the stream. */
    private interface Answers {
        byte[] to(byte tag, byte[] message);
    }

    private static LoopbackServer serve(Answers answers) throws IOException {
        return LoopbackServer.start("messages", LoopbackServer.ipv4(), socket -> serve(socket, answers));
    }

    private static void serve(Socket socket, Answers answers) throws IOException {
        byte[] frame = socket.getInputStream().readNBytes(Obfuscated2Cipher.FRAME_LENGTH);
        Obfuscated2Cipher cipher = new Obfuscated2Cipher(frame, KEY);
        InputStream in = new DecryptingStream(socket.getInputStream(), cipher.uplink());
        OutputStream out = new EncryptingStream(socket.getOutputStream(), cipher.downlink());
        PacketFraming framing = new PacketFraming(cipher.tag());
        for (Optional<byte[]> message = framing.read(in); message.isPresent(); message = framing.read(in)) {
            out.write(answers.to(cipher.tag(), message.get()));
        }
    }

    private static MessageClient connect(LoopbackServer server, byte tag) throws IOException {
        return MessageClient.connect(ClientOptions.simple(server.address(), KEY).withSeed(5), tag);
    }

    /** As a middle proxy and an honest proxy before it would. */
    private static byte[] obey(byte tag, byte[] message) {
        Random random = new Random(1);
        if (MiddleFrames.little(message).getLong() == 0) {
            return packets(tag, PqExchange.answer(message, random));
        }
        MiddleCommand command = MiddleCommand.decode(message);
        return switch (command.op()) {
            case 'E' -> packets(tag, command.payload());
            case 'S' -> packets(tag, MiddleCommand.verdict(command.isIntact()));
            case 'B' -> {
                byte[][] answers = new byte[command.count()][];
                for (int i = 0; i < answers.length; i++) {
                    answers[i] = MiddleCommand.burstAnswer(i, command.size(), command.seed());
                }
                yield packets(tag, answers);
            }
            default -> throw new AssertionError("nobody asks for that here: " + command.op());
        };
    }

    private static byte[] packets(byte tag, byte[]... messages) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Random random = new Random(2);
        for (byte[] message : messages) {
            out.writeBytes(new PacketFraming(tag).wrap(message, 3, random));
        }
        return out.toByteArray();
    }

    private static byte[] withAck(byte[] ack, byte[] packet) {
        return ByteBuffer.allocate(4 + packet.length).put(ack).put(packet).array();
    }

    private static byte[] bigEndian(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    private static byte[] littleEndian(int value) {
        return bigEndian(Integer.reverseBytes(value));
    }

    @ParameterizedTest
    @ValueSource(bytes = {ABRIDGED, INTERMEDIATE, PADDED})
    void asksAndVerifies(byte tag) throws IOException {
        try (LoopbackServer server = serve(MessageClientTest::obey);
                MessageClient client = connect(server, tag)) {
            client.echo(4);
            client.echo(0x7e * 4);
            client.echoTogether(30, 300);
            client.echoMessage((1 << 20) - 16);
            client.sink(100_000);
            client.burst(20, 1000);
            client.reqPq();
        }
    }

    @ParameterizedTest
    @ValueSource(bytes = {ABRIDGED, INTERMEDIATE, PADDED})
    void tellsAnAcknowledgementFromOneTurnedRound(byte tag) throws IOException {
        boolean reversed = tag == ABRIDGED;
        Answers right = (theTag, message) -> {
            int confirm = MiddleCommand.confirm(message);
            return withAck(reversed ? bigEndian(confirm) : littleEndian(confirm), obey(theTag, message));
        };
        try (LoopbackServer server = serve(right);
                MessageClient client = connect(server, tag)) {
            for (int i = 0; i < 20; i++) {
                client.echoWithAck(8);
            }
        }
        // The first byte, or the last one, shows that it is an acknowledgement; what is between is in the wrong order.
        Answers wrong = (theTag, message) -> {
            int confirm = MiddleCommand.confirm(message);
            int swapped = confirm & 0xff00_00ff | (confirm & 0xff00) << 8 | confirm >>> 8 & 0xff00;
            return withAck(reversed ? bigEndian(swapped) : littleEndian(swapped), obey(theTag, message));
        };
        expectRefusal(wrong, tag, client -> client.echoWithAck(8), "another acknowledgement");
    }

    private interface Use {
        void of(MessageClient client) throws IOException;
    }

    private static void expectRefusal(Answers answers, byte tag, Use use, String why) throws IOException {
        try (LoopbackServer server = serve(answers);
                MessageClient client = connect(server, tag)) {
            assertThatThrownBy(() -> use.of(client))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining(why);
        }
    }

    @Test
    void refusesWhatItDidNotAskFor() throws IOException {
        Answers flipped = (tag, message) -> {
            byte[] payload = MiddleCommand.decode(message).payload();
            payload[payload.length - 1] ^= 1;
            return packets(tag, payload);
        };
        expectRefusal(flipped, PADDED, client -> client.echo(100), "from byte 99 on");
        Answers swapped = (tag, message) -> {
            MiddleCommand command = MiddleCommand.decode(message);
            return packets(
                    tag,
                    MiddleCommand.burstAnswer(1, command.size(), command.seed()),
                    MiddleCommand.burstAnswer(0, command.size(), command.seed()));
        };
        expectRefusal(swapped, PADDED, client -> client.burst(2, 64), "from byte 0 on");
        Answers overPadded = (tag, message) -> packets(tag, new byte[12]);
        expectRefusal(overPadded, PADDED, client -> client.echo(8), "an answer of 12 bytes");
        Answers bad = (tag, message) -> packets(tag, MiddleCommand.verdict(false));
        expectRefusal(bad, INTERMEDIATE, client -> client.sink(8), "an answer of 4 bytes");
        Answers unacknowledged = MessageClientTest::obey;
        expectRefusal(unacknowledged, ABRIDGED, client -> client.echoWithAck(8), "instead of an acknowledgement");
        Answers huge = (tag, message) -> littleEndian(Integer.MAX_VALUE);
        expectRefusal(huge, INTERMEDIATE, client -> client.echo(8), "implausible length");
    }

    @Test
    void padsAsTdlibDoes() throws IOException {
        int[] lengths = new int[500];
        int[] seen = {0};
        Answers measure = (tag, message) -> {
            lengths[seen[0]++] = message.length;
            return obey(tag, message);
        };
        try (LoopbackServer server = serve(measure);
                MessageClient client = connect(server, PADDED)) {
            for (int i = 0; i < lengths.length; i++) {
                client.echo(8);
            }
        }
        // Up to three whole words of padding stay behind a message, since its length cannot show them.
        assertThat(lengths).containsOnly(40, 44, 48, 52).contains(40, 44, 48, 52);
    }

    @Test
    void putsAcknowledgementsAsideWhileItWaitsForAMessage() throws IOException {
        Answers acknowledging = (tag, message) -> withAck(littleEndian(0x8765_4321), obey(tag, message));
        try (LoopbackServer server = serve(acknowledging);
                MessageClient client = connect(server, PADDED)) {
            assertThatCode(() -> client.echo(8)).doesNotThrowAnyException();
            assertThat(client.receiveAck()).isEqualTo(0x8765_4321);
        }
    }
}
