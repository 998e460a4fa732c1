package io.github.mtgjava.transport.framing;

import static io.github.mtgjava.testkit.Vectors.bytes;
import static io.github.mtgjava.testkit.Vectors.string;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.testkit.Feeding;
import io.github.mtgjava.testkit.Vectors;
import io.github.mtgjava.transport.obfuscated2.ProtocolTag;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PacketReaderTest {

    private static final int MIB = 1 << 20;

    @TestFactory
    Stream<DynamicTest> readsEveryVectorUnderAllFeedings() {
        return Vectors.middle("from_client").stream().map(vector -> {
            String name = string(vector, "transport") + ", " + string(vector, "name");
            return DynamicTest.dynamicTest(name, () -> check(vector));
        });
    }

    private static void check(JsonObject vector) {
        List<String> expected = new ArrayList<>();
        for (JsonElement packet : vector.getAsJsonArray("packets")) {
            JsonObject message = packet.getAsJsonObject();
            expected.add(message.get("quickack") + " " + string(message, "message"));
        }
        for (Feeding feeding : Feeding.all(bytes(vector, "wire"))) {
            PacketReader reader = new PacketReader(tag(vector), MIB);
            List<String> messages = new ArrayList<>();
            boolean good = read(reader, feeding.chunks(), messages);
            assertThat(messages).as(feeding.name()).isEqualTo(expected);
            assertThat(good)
                    .as(feeding.name())
                    .isEqualTo(string(vector, "result").equals("ok"));
        }
    }

    /** What is in a request to Telegram is what the client's frame held. */
    @TestFactory
    Stream<DynamicTest> readsTheFramesOfTheClientsWhoseRequestsTheVectorsHave() {
        return Vectors.middle("proxy_req").stream()
                .map(vector -> DynamicTest.dynamicTest(string(vector, "client_frame"), () -> {
                    for (Feeding feeding : Feeding.some(bytes(vector, "client_frame"))) {
                        List<String> messages = new ArrayList<>();
                        assertThat(read(new PacketReader(tag(vector), MIB), feeding.chunks(), messages))
                                .isTrue();
                        assertThat(messages)
                                .as(feeding.name())
                                .containsExactly(vector.get("quickack") + " " + string(vector, "message"));
                    }
                }));
    }

    private static ProtocolTag tag(JsonObject vector) {
        return ProtocolTag.valueOf(string(vector, "transport").toUpperCase(Locale.ROOT));
    }

    /** Adds the complete messages; false once the reader has rejected, which it must stand by. */
    private static boolean read(PacketReader reader, List<ByteBuffer> chunks, List<String> messages) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        boolean good = true;
        for (ByteBuffer chunk : chunks) {
            for (int count = reader.next(chunk); count != 0; count = reader.next(chunk)) {
                if (count == PacketReader.REJECTED) {
                    good = false;
                    break;
                }
                assertThat(good).isTrue();
                assertThat(reader.isFirst()).isEqualTo(message.size() == 0);
                byte[] part = new byte[count];
                chunk.get(part);
                message.writeBytes(part);
                if (reader.isComplete()) {
                    assertThat(message.size()).isEqualTo(reader.messageBytes());
                    messages.add(reader.quickAck() + " " + HexFormat.of().formatHex(message.toByteArray()));
                    message.reset();
                }
            }
            if (good) {
                assertThat(chunk.hasRemaining())
                        .as("padding or headers left over")
                        .isFalse();
            }
        }
        return good;
    }

    @ParameterizedTest
    @EnumSource(ProtocolTag.class)
    void readsWhatAWriterWroteHoweverItIsCut(ProtocolTag tag) {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            PacketWriter writer = new PacketWriter(tag, RandomSource.secure());
            ByteArrayOutputStream wire = new ByteArrayOutputStream();
            List<String> sent = new ArrayList<>();
            for (int packet = 0; packet < 15; packet++) {
                byte[] message = new byte[4 * (1 + random.nextInt(1 << random.nextInt(12)))];
                random.nextBytes(message);
                assertThat(writer.begin(message.length)).isPositive();
                put(writer.head(), wire);
                wire.writeBytes(message);
                put(writer.tail(), wire);
                sent.add("false " + HexFormat.of().formatHex(message));
            }
            for (Feeding feeding : Feeding.some(wire.toByteArray())) {
                List<String> received = new ArrayList<>();
                assertThat(read(new PacketReader(tag, MIB), feeding.chunks(), received))
                        .isTrue();
                assertThat(received).as(feeding.name()).isEqualTo(sent);
            }
        }
    }

    /** TDLib pads with up to 15 bytes, of which whole words cannot be told from the message. */
    @ParameterizedTest
    @EnumSource(ProtocolTag.class)
    void readsWhatClientsSendHoweverItIsCut(ProtocolTag tag) {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            ByteArrayOutputStream wire = new ByteArrayOutputStream();
            List<String> sent = new ArrayList<>();
            for (int packet = 0; packet < 15; packet++) {
                int padding = tag == ProtocolTag.PADDED_INTERMEDIATE ? random.nextInt(16) : 0;
                byte[] body = new byte[4 * (1 + random.nextInt(1 << random.nextInt(10))) + padding];
                random.nextBytes(body);
                boolean quickAck = random.nextBoolean();
                ByteBuffer header = header(tag, body.length);
                int flagged = tag == ProtocolTag.ABRIDGED ? 0 : 3;
                header.put(flagged, (byte) (header.get(flagged) | (quickAck ? 0x80 : 0)));
                put(header, wire);
                wire.writeBytes(body);
                sent.add(quickAck + " " + HexFormat.of().formatHex(body, 0, body.length & ~3));
            }
            for (Feeding feeding : Feeding.some(wire.toByteArray())) {
                List<String> received = new ArrayList<>();
                assertThat(read(new PacketReader(tag, MIB), feeding.chunks(), received))
                        .isTrue();
                assertThat(received).as(feeding.name()).isEqualTo(sent);
            }
        }
    }

    static void put(ByteBuffer part, ByteArrayOutputStream wire) {
        while (part.hasRemaining()) {
            wire.write(part.get());
        }
    }

    @ParameterizedTest
    @EnumSource(ProtocolTag.class)
    void acceptsTheLongestMessageAllowedAndNoLongerOne(ProtocolTag tag) {
        for (int limit : new int[] {4, 504, 508, 1000, MIB, (16 << 20) - 96}) {
            assertThat(new PacketReader(tag, limit).next(header(tag, limit))).isZero();
            assertThat(new PacketReader(tag, limit).next(header(tag, limit + 4)))
                    .isEqualTo(PacketReader.REJECTED);
        }
    }

    private static ByteBuffer header(ProtocolTag tag, int bytes) {
        ByteBuffer header = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
        if (tag != ProtocolTag.ABRIDGED) {
            return header.putInt(bytes).flip();
        }
        int words = bytes / 4;
        return words < 0x7f
                ? header.put((byte) words).flip()
                : header.putInt(words << 8 | 0x7f).flip();
    }

    /** It is what brings down a whole link of other proxies. */
    @Test
    void rejectsFortyOneBytesBeforeTheyCome() {
        ByteBuffer header = ByteBuffer.wrap(new byte[] {41, 0, 0, 0});
        assertThat(new PacketReader(ProtocolTag.INTERMEDIATE, MIB).next(header)).isEqualTo(PacketReader.REJECTED);
    }

    @Test
    void anEmptyPacketThatAsksForAnAcknowledgementIsRejectedToo() {
        for (byte[] wire : new byte[][] {{0, 0, 0, (byte) 0x80}, {1, 0, 0, (byte) 0x80}, {3, 0, 0, 0}}) {
            PacketReader reader = new PacketReader(ProtocolTag.PADDED_INTERMEDIATE, MIB);
            assertThat(reader.next(ByteBuffer.wrap(wire))).isEqualTo(PacketReader.REJECTED);
        }
        assertThat(new PacketReader(ProtocolTag.ABRIDGED, MIB).next(ByteBuffer.wrap(new byte[] {(byte) 0x80})))
                .isEqualTo(PacketReader.REJECTED);
    }

    @ParameterizedTest
    @EnumSource(ProtocolTag.class)
    void garbageNeverThrows(ProtocolTag tag) {
        for (int seed = 0; seed < 500; seed++) {
            byte[] garbage = new byte[new Random(seed).nextInt(200)];
            new Random(seed + 1).nextBytes(garbage);
            List<Feeding> feedings = Feeding.some(garbage);
            List<List<String>> outcomes = new ArrayList<>();
            for (Feeding feeding : feedings) {
                List<String> messages = new ArrayList<>();
                boolean good = read(new PacketReader(tag, MIB), feeding.chunks(), messages);
                messages.add("good: " + good);
                outcomes.add(messages);
            }
            assertThat(outcomes).as(Arrays.toString(garbage)).containsOnly(outcomes.get(0));
        }
    }
}
