package io.github.mtgjava.transport.faketls;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.mtgjava.testkit.Feeding;
import io.github.mtgjava.testkit.Seeds;
import io.github.mtgjava.testkit.Vectors;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RecordFuzzTest {

    private static final int SLOT_PAYLOAD = 100;

    static Stream<Arguments> seeds() {
        return Stream.concat(
                Seeds.of(Vectors.client("faketls_stream_from_client"), "wire"),
                Seeds.of(Vectors.client("faketls_stream_to_client"), "wire"));
    }

    @MethodSource("seeds")
    @FuzzTest
    void unwrapsWhatIsInTheRecordsHoweverTheyArrive(byte[] wire) {
        Outcome outcome = Feeding.agreed(wire, RecordFuzzTest::unwrap);
        assertThat(outcome).isEqualTo(expected(wire));
        byte[] payload = outcome.payload.array();
        if (payload.length > 0) {
            assertThat(Feeding.agreed(wrapped(payload), RecordFuzzTest::unwrap))
                    .isEqualTo(new Outcome(true, outcome.payload));
        }
    }

    private record Outcome(boolean good, ByteBuffer payload) {}

    private static Outcome unwrap(Feeding feeding) {
        RecordReader reader = new RecordReader();
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        boolean good = true;
        for (ByteBuffer chunk : feeding.chunks()) {
            int bytes;
            while ((bytes = reader.next(chunk)) > 0) {
                assertThat(good).isTrue();
                byte[] part = new byte[bytes];
                chunk.get(part);
                payload.writeBytes(part);
            }
            assertThat(bytes == 0 ? good && !chunk.hasRemaining() : bytes == RecordReader.REJECTED)
                    .isTrue();
            good = bytes == 0;
        }
        return new Outcome(good, ByteBuffer.wrap(payload.toByteArray()));
    }

    /** The same by other means, with all of the stream at hand. */
    private static Outcome expected(byte[] wire) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        for (int at = 0; at < wire.length; ) {
            if (!mayBeHeader(wire, at)) {
                return new Outcome(false, ByteBuffer.wrap(payload.toByteArray()));
            }
            int payloadAt = Math.min(wire.length, at + Tls.RECORD_HEADER_BYTES);
            if (payloadAt < at + Tls.RECORD_HEADER_BYTES) {
                break;
            }
            int end = Math.min(wire.length, payloadAt + Tls.unsigned16(wire, at + 3));
            if (wire[at] == Tls.APPLICATION_DATA) {
                payload.write(wire, payloadAt, end - payloadAt);
            }
            at = end;
        }
        return new Outcome(true, ByteBuffer.wrap(payload.toByteArray()));
    }

    private static boolean mayBeHeader(byte[] wire, int at) {
        int longest = wire[at] == Tls.APPLICATION_DATA ? (1 << 14) + 256 : wire[at] == Tls.CHANGE_CIPHER_SPEC ? 64 : -1;
        int there = wire.length - at;
        return longest >= 0
                && (there < 2 || wire[at + 1] == 3)
                && (there < 3 || wire[at + 2] == 3)
                && (there < 4 || (wire[at + 3] & 0xff) <= longest >> 8)
                && (there < 5 || Tls.unsigned16(wire, at + 3) <= longest);
    }

    private static byte[] wrapped(byte[] payload) {
        int slots = payload.length / SLOT_PAYLOAD + 1;
        RecordSlots records =
                new RecordSlots(ByteBuffer.allocate(slots * (SLOT_PAYLOAD + RecordSlots.HEADER_BYTES)), SLOT_PAYLOAD);
        ByteBuffer in = ByteBuffer.wrap(payload);
        int views = records.arm(payload.length);
        for (int view = 0; view < views; view++) {
            byte[] part = new byte[records.views()[view].remaining()];
            in.get(part);
            records.views()[view].put(part);
        }
        ByteBuffer sealed = records.seal(payload.length);
        byte[] wire = new byte[sealed.remaining()];
        sealed.get(wire);
        return wire;
    }
}
