package io.github.mtgjava.transport.framing;

import static io.github.mtgjava.testkit.Vectors.bytes;
import static io.github.mtgjava.testkit.Vectors.string;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.crypto.Sha256;
import io.github.mtgjava.testkit.Vectors;
import io.github.mtgjava.transport.obfuscated2.ProtocolTag;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class PacketWriterTest {

    @TestFactory
    Stream<DynamicTest> writesEveryVector() {
        return Vectors.middle("to_client").stream().map(vector -> {
            String name = string(vector, "transport") + ", " + vector.get("data_len") + " bytes, padding '"
                    + string(vector, "padding") + "'";
            return DynamicTest.dynamicTest(name, () -> check(vector));
        });
    }

    private static void check(JsonObject vector) {
        byte[] padding = bytes(vector, "padding");
        byte[] data = data(string(vector, "data_label"), vector.get("data_len").getAsInt());
        PacketWriter writer = new PacketWriter(tag(vector), drawing(padding));
        assertThat(writer.begin(data.length)).isEqualTo(vector.get("total").getAsInt());
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        PacketReaderTest.put(writer.head(), wire);
        wire.writeBytes(data);
        PacketReaderTest.put(writer.tail(), wire);
        assertThat(wire.size()).isEqualTo(vector.get("total").getAsInt());
        assertThat(wire.toByteArray()).startsWith(bytes(vector, "head"));
        assertThat(Sha256.of(wire.toByteArray())).isEqualTo(bytes(vector, "sha256"));
    }

    private static ProtocolTag tag(JsonObject vector) {
        return ProtocolTag.valueOf(string(vector, "transport").toUpperCase(Locale.ROOT));
    }

    /** Randomness by which the writer comes to that padding. */
    private static RandomSource drawing(byte[] padding) {
        return bytes -> {
            bytes[0] = (byte) padding.length;
            System.arraycopy(padding, 0, bytes, 1, padding.length);
        };
    }

    private static byte[] data(String label, int length) {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int block = 0; stream.size() < length; block++) {
            stream.writeBytes(Sha256.of((label + "/" + block).getBytes(StandardCharsets.US_ASCII)));
        }
        return Arrays.copyOf(stream.toByteArray(), length);
    }

    @TestFactory
    Stream<DynamicTest> acknowledgesAsEveryVectorDoes() {
        return Vectors.each(Vectors.middle("acks_to_client"), "transport", vector -> {
            int confirm = Integer.reverseBytes(
                    ByteBuffer.wrap(bytes(vector, "confirm")).getInt());
            PacketWriter writer = new PacketWriter(tag(vector), RandomSource.secure());
            assertThat(writer.ack(confirm)).isEqualTo(ByteBuffer.wrap(bytes(vector, "wire")));
        });
    }

    @Test
    void hasNoPacketForWhatATransportCannotCarry() {
        for (ProtocolTag tag : ProtocolTag.values()) {
            PacketWriter writer = new PacketWriter(tag, RandomSource.secure());
            assertThat(writer.begin(0)).isEqualTo(PacketWriter.IMPOSSIBLE);
            assertThat(writer.begin(-4)).isEqualTo(PacketWriter.IMPOSSIBLE);
            assertThat(writer.begin(5) == PacketWriter.IMPOSSIBLE).isEqualTo(tag == ProtocolTag.ABRIDGED);
            assertThat(writer.begin(1 << 26) == PacketWriter.IMPOSSIBLE).isEqualTo(tag == ProtocolTag.ABRIDGED);
            assertThat(writer.begin((1 << 26) - 4)).isPositive();
        }
    }

    @Test
    void countsThePacketInAnIntOrRefusesIt() {
        int longest = Integer.MAX_VALUE - PacketWriter.MAX_OVERHEAD;
        for (ProtocolTag tag : new ProtocolTag[] {ProtocolTag.INTERMEDIATE, ProtocolTag.PADDED_INTERMEDIATE}) {
            PacketWriter writer = new PacketWriter(tag, drawing(new byte[3]));
            assertThat(writer.begin(longest)).isGreaterThan(longest);
            assertThat(writer.begin(longest + 1)).isEqualTo(PacketWriter.IMPOSSIBLE);
            assertThat(writer.begin(Integer.MAX_VALUE)).isEqualTo(PacketWriter.IMPOSSIBLE);
        }
    }

    @Test
    void padsWithZeroToThreeRandomBytesAboutEquallyOften() {
        PacketWriter writer = new PacketWriter(ProtocolTag.PADDED_INTERMEDIATE, RandomSource.secure());
        Map<Integer, Integer> lengths = new HashMap<>();
        Map<Byte, Integer> values = new HashMap<>();
        for (int i = 0; i < 4000; i++) {
            int total = writer.begin(8);
            ByteBuffer tail = writer.tail();
            assertThat(total).isEqualTo(12 + tail.remaining()).isLessThanOrEqualTo(8 + PacketWriter.MAX_OVERHEAD);
            lengths.merge(tail.remaining(), 1, Integer::sum);
            while (tail.hasRemaining()) {
                values.merge(tail.get(), 1, Integer::sum);
            }
        }
        // Each length is expected 1000 times with a deviation of 27.
        assertThat(lengths)
                .containsOnlyKeys(0, 1, 2, 3)
                .allSatisfy((length, count) -> assertThat(count).isBetween(750, 1250));
        assertThat(values).hasSizeGreaterThan(240);
    }
}
