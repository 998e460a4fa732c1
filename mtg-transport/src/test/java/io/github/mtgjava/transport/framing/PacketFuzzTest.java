package io.github.mtgjava.transport.framing;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.mtgjava.testkit.Feeding;
import io.github.mtgjava.testkit.Seeds;
import io.github.mtgjava.testkit.Vectors;
import io.github.mtgjava.transport.obfuscated2.ProtocolTag;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every stream, in each of the three transports. */
class PacketFuzzTest {

    private static final int MAX_MESSAGE_BYTES = 2048;

    static Stream<Arguments> seeds() {
        return Stream.concat(
                Seeds.of(Vectors.middle("from_client"), "wire"),
                Seeds.hex("7f000200" + "00".repeat(2048), "00080080" + "00".repeat(2048), "ff010200"));
    }

    @MethodSource("seeds")
    @FuzzTest
    void findsTheSameMessagesHoweverTheyArrive(byte[] wire) {
        for (ProtocolTag tag : ProtocolTag.values()) {
            Outcome outcome = Feeding.agreed(wire, feeding -> read(tag, feeding));
            assertThat(outcome.messages.stream().mapToInt(Message::bytes).sum()).isLessThan(Math.max(1, wire.length));
            byte[] again = written(tag, outcome.messages);
            Outcome readAgain = Feeding.agreed(again, feeding -> read(tag, feeding));
            assertThat(readAgain).isEqualTo(new Outcome(true, again.length, withoutWishes(outcome.messages)));
        }
    }

    private record Message(ByteBuffer content, boolean quickAck) {

        int bytes() {
            return content.remaining();
        }
    }

    private record Outcome(boolean good, int consumed, List<Message> messages) {}

    private static Outcome read(ProtocolTag tag, Feeding feeding) {
        PacketReader reader = new PacketReader(tag, MAX_MESSAGE_BYTES);
        List<Message> messages = new ArrayList<>();
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        boolean good = true;
        int consumed = 0;
        for (ByteBuffer chunk : feeding.chunks()) {
            int bytes;
            while ((bytes = reader.next(chunk)) > 0) {
                assertThat(good && reader.isFirst() == (message.size() == 0)).isTrue();
                byte[] part = new byte[bytes];
                chunk.get(part);
                message.writeBytes(part);
                if (reader.isComplete()) {
                    assertThat(message.size()).isEqualTo(reader.messageBytes()).isLessThanOrEqualTo(MAX_MESSAGE_BYTES);
                    messages.add(new Message(ByteBuffer.wrap(message.toByteArray()), reader.quickAck()));
                    message.reset();
                }
            }
            assertThat(bytes == 0 ? good && !chunk.hasRemaining() : bytes == PacketReader.REJECTED)
                    .isTrue();
            good = bytes == 0;
            consumed += chunk.position();
        }
        return new Outcome(good, consumed, messages);
    }

    private static byte[] written(ProtocolTag tag, List<Message> messages) {
        PacketWriter writer = new PacketWriter(tag, new Random(messages.size())::nextBytes);
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        for (Message message : messages) {
            int before = wire.size();
            int packetBytes = writer.begin(message.bytes());
            for (ByteBuffer part : List.of(writer.head(), message.content(), writer.tail())) {
                byte[] bytes = new byte[part.remaining()];
                part.duplicate().get(bytes);
                wire.writeBytes(bytes);
            }
            assertThat(wire.size() - before).isEqualTo(packetBytes);
        }
        return wire.toByteArray();
    }

    /** Only clients ask for quick acknowledgements. */
    private static List<Message> withoutWishes(List<Message> messages) {
        return messages.stream()
                .map(message -> new Message(message.content(), false))
                .toList();
    }
}
