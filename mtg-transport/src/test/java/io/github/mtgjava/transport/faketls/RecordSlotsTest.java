package io.github.mtgjava.transport.faketls;

import static io.github.mtgjava.testkit.Vectors.bytes;
import static io.github.mtgjava.testkit.Vectors.isPresent;
import static io.github.mtgjava.testkit.Vectors.string;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonObject;
import io.github.mtgjava.crypto.Sha256;
import io.github.mtgjava.testkit.Vectors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class RecordSlotsTest {

    @TestFactory
    Stream<DynamicTest> wrapsEveryVectorInAHeapArea() {
        return Vectors.each(
                Vectors.client("faketls_stream_to_client"), vector -> check(vector, ByteBuffer.allocate(90_000)));
    }

    @TestFactory
    Stream<DynamicTest> wrapsEveryVectorInADirectArea() {
        return Vectors.each(
                Vectors.client("faketls_stream_to_client"), vector -> check(vector, ByteBuffer.allocateDirect(90_000)));
    }

    @Test
    void armsNoMoreThanAskedFor() {
        RecordSlots slots = new RecordSlots(ByteBuffer.allocate(47), 10);
        assertThat(slots.views()).hasSize(3);
        assertThat(slots.arm(0)).isZero();
        assertThat(armed(slots, 1)).containsExactly(1);
        assertThat(armed(slots, 10)).containsExactly(10);
        assertThat(armed(slots, 11)).containsExactly(10, 1);
        assertThat(armed(slots, 30)).containsExactly(10, 10, 10);
        assertThat(armed(slots, Integer.MAX_VALUE)).containsExactly(10, 10, 10);
    }

    @Test
    void sealsWhatWasReadHoweverLittle() {
        RecordSlots slots = new RecordSlots(ByteBuffer.allocate(30), 10);
        for (int bytes = 0; bytes <= 20; bytes++) {
            byte[] payload = Arrays.copyOf("abcdefghijklmnopqrst".getBytes(), bytes);
            read(slots, payload, 20);
            byte[] expected = HelloBuilder.concatenated(
                    record(Arrays.copyOfRange(payload, 0, Math.min(10, bytes))),
                    record(Arrays.copyOfRange(payload, Math.min(10, bytes), bytes)));
            assertThat(drained(slots.seal(bytes))).isEqualTo(expected);
        }
    }

    @Test
    void letsACipherReachThePayloadBeforeSealing() {
        RecordSlots slots = new RecordSlots(ByteBuffer.allocateDirect(30), 10);
        read(slots, new byte[15], 20);
        slots.area().put(slots.payloadOffset(0) + 9, (byte) 1).put(slots.payloadOffset(1) + 4, (byte) 2);
        assertThat(HexFormat.of().formatHex(drained(slots.seal(15))))
                .isEqualTo("170303000a00000000000000000001" + "17030300050000000002");
    }

    @Test
    void sharesItsAreaWithOthersBetweenUses() {
        ByteBuffer area = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        area.position(3).limit(7);
        RecordSlots slots = new RecordSlots(area, 10);
        assertThat(slots.area()).isSameAs(area);
        assertThat(area.position()).isEqualTo(3);
        assertThat(area.limit()).isEqualTo(7);

        Arrays.fill(area.array(), (byte) 0xee);
        read(slots, new byte[] {1, 2}, 20);

        assertThat(HexFormat.of().formatHex(drained(slots.seal(2)))).isEqualTo("17030300020102");
    }

    @Test
    void reusesItsBuffers() {
        RecordSlots slots = new RecordSlots(ByteBuffer.allocate(30), 10);
        assertThat(slots.seal(3)).isSameAs(slots.seal(20));
        assertThat(slots.views()).isSameAs(slots.views());
    }

    @Test
    void takesPayloadsOfEveryLegalLength() {
        RecordSlots shortest = new RecordSlots(ByteBuffer.allocate(12), 1);
        assertThat(armed(shortest, 2)).containsExactly(1, 1);
        RecordSlots longest = new RecordSlots(ByteBuffer.allocate(16_645), 16_640);
        assertThat(armed(longest, 20_000)).containsExactly(16_640);
    }

    @Test
    void holdsWhatAllItsSlotsDo() {
        assertThat(new RecordSlots(ByteBuffer.allocate(47), 10).capacity()).isEqualTo(30);
        assertThat(RecordRamp.slots(ByteBuffer.allocate(1369 + 2738), 0).capacity())
                .isEqualTo(1364 + 2733);
    }

    @Test
    void refusesWhatIsOutOfRange() {
        ByteBuffer area = ByteBuffer.allocate(30);
        assertThatIllegalArgumentException().isThrownBy(() -> new RecordSlots(area, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new RecordSlots(area, 26));
        assertThatIllegalArgumentException().isThrownBy(() -> new RecordSlots(ByteBuffer.allocate(20_000), 16_641));
        RecordSlots slots = new RecordSlots(area, 10);
        assertThatIllegalArgumentException().isThrownBy(() -> slots.arm(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> slots.seal(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> slots.seal(21));
    }

    private static void check(JsonObject vector, ByteBuffer area) {
        RecordSlots slots = new RecordSlots(area, vector.get("max_payload").getAsInt());
        boolean isWritten = isPresent(vector, "payload");
        byte[] payload = isWritten ? bytes(vector, "payload") : Vectors.drbg("down big", 40_000);
        read(slots, payload, payload.length);
        byte[] wire = drained(slots.seal(payload.length));
        if (isWritten) {
            assertThat(wire).isEqualTo(bytes(vector, "wire"));
        } else {
            assertThat(HexFormat.of().formatHex(Sha256.of(payload))).isEqualTo(string(vector, "payload_sha256"));
            assertThat(wire).hasSize(vector.get("wire_len").getAsInt());
            assertThat(HexFormat.of().formatHex(Sha256.of(wire))).isEqualTo(string(vector, "wire_sha256"));
        }
    }

    /** What a scattering read of a channel does. */
    private static void read(RecordSlots slots, byte[] payload, int maxBytes) {
        int views = slots.arm(maxBytes);
        int at = 0;
        for (int view = 0; view < views; view++) {
            int length = Math.min(slots.views()[view].remaining(), payload.length - at);
            slots.views()[view].put(payload, at, length);
            at += length;
        }
        assertThat(at).isEqualTo(payload.length);
    }

    private static int[] armed(RecordSlots slots, int maxBytes) {
        return Arrays.stream(slots.views(), 0, slots.arm(maxBytes))
                .mapToInt(ByteBuffer::remaining)
                .toArray();
    }

    private static byte[] record(byte[] payload) {
        byte[] header = {0x17, 3, 3, 0, (byte) payload.length};
        return payload.length == 0 ? payload : HelloBuilder.concatenated(header, payload);
    }

    private static byte[] drained(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
