package io.github.mtgjava.transport.faketls;

import static io.github.mtgjava.testkit.Vectors.bytes;
import static io.github.mtgjava.testkit.Vectors.string;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.testkit.Feeding;
import io.github.mtgjava.testkit.Vectors;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordReaderTest {

    @TestFactory
    Stream<DynamicTest> unwrapsEveryVectorUnderAllFeedings() {
        return Vectors.each(Vectors.client("faketls_stream_from_client"), vector -> {
            boolean good = string(vector, "expect").startsWith("ok");
            for (Feeding feeding : Feeding.all(bytes(vector, "wire"))) {
                ByteArrayOutputStream payload = new ByteArrayOutputStream();
                RecordReader reader = new RecordReader();
                assertThat(unwrap(reader, feeding.chunks(), payload))
                        .as(feeding.name())
                        .isEqualTo(good);
                assertThat(payload.toByteArray()).as(feeding.name()).isEqualTo(bytes(vector, "payload"));
            }
        });
    }

    @Test
    void unwrapsLongRecordsUnderManyFeedings() {
        byte[] payload = Vectors.drbg("up big", 40_000);
        byte[] wire = HelloBuilder.records(payload, 16_640);
        for (int at = 0; at < wire.length; at += 5 + Tls.unsigned16(wire, at + 3)) {
            wire[at] = Tls.APPLICATION_DATA;
            wire[at + 2] = 3;
        }
        for (Feeding feeding : Feeding.some(wire)) {
            ByteArrayOutputStream unwrapped = new ByteArrayOutputStream();
            assertThat(unwrap(new RecordReader(), feeding.chunks(), unwrapped)).isTrue();
            assertThat(unwrapped.toByteArray()).as(feeding.name()).isEqualTo(payload);
        }
    }

    @Test
    void handsOutABeginningWithoutItsRecordBeingComplete() {
        ByteBuffer in = ByteBuffer.wrap(HexFormat.of().parseHex("1703030064aabb"));
        RecordReader reader = new RecordReader();
        assertThat(reader.next(in)).isEqualTo(2);
        assertThat(in.get()).isEqualTo((byte) 0xaa);
        assertThat(in.get()).isEqualTo((byte) 0xbb);
        assertThat(reader.next(in)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "15",
                "16",
                "18",
                "00",
                "1702",
                "170301",
                "170304",
                "140302",
                "17030342",
                "1703034101",
                "14030301",
                "1403030041"
            })
    void rejectsTheFirstWrongByteForGood(String digits) {
        byte[] bytes = HexFormat.of().parseHex(digits);
        RecordReader reader = new RecordReader();
        assertThat(reader.next(ByteBuffer.wrap(bytes, 0, bytes.length - 1))).isZero();
        assertThat(reader.next(ByteBuffer.wrap(bytes, bytes.length - 1, 1))).isEqualTo(RecordReader.REJECTED);
        ByteBuffer good = ByteBuffer.wrap(HexFormat.of().parseHex("1703030001ff"));
        assertThat(reader.next(good)).isEqualTo(RecordReader.REJECTED);
        assertThat(good.position()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1703034100", "1403030040", "1403030000", "1703030000"})
    void acceptsTheExtremeLengths(String digits) {
        assertThat(new RecordReader().next(ByteBuffer.wrap(HexFormat.of().parseHex(digits))))
                .isZero();
    }

    @Test
    void skipsAnyNumberOfChangeCipherSpecsAnywhere() {
        byte[] spec = HexFormat.of().parseHex("140303000101");
        byte[] data = HexFormat.of().parseHex("1703030001ff");
        byte[] wire = HelloBuilder.concatenated(spec, spec, data, spec, spec, spec, data, data, spec);
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        assertThat(unwrap(new RecordReader(), List.of(ByteBuffer.wrap(wire)), payload))
                .isTrue();
        assertThat(payload.size()).isEqualTo(3);
    }

    @Test
    void neverThrowsOnGarbage() {
        Random random = new Random(17);
        byte[] likely = {0x17, 0x14, 3, 0, 1, 0x40};
        for (int round = 0; round < 50_000; round++) {
            byte[] garbage = new byte[random.nextInt(60)];
            for (int i = 0; i < garbage.length; i++) {
                garbage[i] =
                        random.nextInt(8) == 0 ? (byte) random.nextInt(256) : likely[random.nextInt(likely.length)];
            }
            ByteArrayOutputStream payload = new ByteArrayOutputStream();
            unwrap(new RecordReader(), List.of(ByteBuffer.wrap(garbage)), payload);
            assertThat(payload.size()).isLessThanOrEqualTo(garbage.length);
        }
    }

    /** Whether the stream was accepted to its end. */
    private static boolean unwrap(RecordReader reader, List<ByteBuffer> chunks, ByteArrayOutputStream payload) {
        for (ByteBuffer chunk : chunks) {
            int bytes;
            while ((bytes = reader.next(chunk)) > 0) {
                byte[] part = new byte[bytes];
                chunk.get(part);
                payload.writeBytes(part);
            }
            if (bytes == RecordReader.REJECTED) {
                return false;
            }
            assertThat(chunk.hasRemaining()).isFalse();
        }
        return true;
    }
}
