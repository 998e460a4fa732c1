package io.github.mtgjava.transport.faketls;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.testkit.Feeding;
import io.github.mtgjava.testkit.ManualTicker;
import io.github.mtgjava.testkit.PatternStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordRampTest {

    private static final int HEADER = 5;
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration NO_PAUSE = PAUSE.minusNanos(1);
    private static final int AREA_BYTES = 64 * 1024;

    private final ManualTicker ticker = new ManualTicker();
    private final RecordRamp ramp = new RecordRamp(ticker::nanos);
    private final RampSlots slots = new RampSlots(ByteBuffer.allocateDirect(AREA_BYTES));
    private final ByteArrayOutputStream payload = new ByteArrayOutputStream();

    /** The whole record, header included, grows by 1369 bytes. */
    private static int longest(int step) {
        return Math.min((step + 1) * 1369 - HEADER, 16_401);
    }

    @Test
    void growsByASegmentUntilRecordsAreFull() {
        assertThat(IntStream.range(0, 14).map(RecordRamp::payloadBytes).toArray())
                .containsExactly(
                        1364, 2733, 4102, 5471, 6840, 8209, 9578, 10_947, 12_316, 13_685, 15_054, 16_401, 16_401,
                        16_401);
    }

    @Test
    void goesOnWithTheNextStepAndStopsAtTheLast() {
        assertThat(ramp.step()).isZero();
        ramp.sent(1);
        assertThat(ramp.step()).isEqualTo(1);
        ramp.sent(0);
        assertThat(ramp.step()).isEqualTo(1);
        ramp.sent(9);
        assertThat(ramp.step()).isEqualTo(10);
        ramp.sent(Integer.MAX_VALUE - 100);
        assertThat(ramp.step()).isEqualTo(RecordRamp.FULL_STEP);
    }

    @Test
    void beginsAnewAfterASecondInWhichNothingWasSent() {
        ramp.sent(5);
        ticker.advance(NO_PAUSE);
        assertThat(ramp.step()).isEqualTo(5);
        ramp.sent(1);
        ticker.advance(NO_PAUSE);
        assertThat(ramp.step()).isEqualTo(6);
        ticker.advance(Duration.ofNanos(1));
        assertThat(ramp.step()).isZero();
        ramp.sent(2);
        assertThat(ramp.step()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, 0, Long.MAX_VALUE - 10})
    void takesAnyClock(long start) {
        ManualTicker odd = new ManualTicker(start);
        RecordRamp other = new RecordRamp(odd::nanos);
        assertThat(other.step()).isZero();
        other.sent(3);
        odd.advance(NO_PAUSE);
        assertThat(other.step()).isEqualTo(3);
        odd.advance(PAUSE);
        assertThat(other.step()).isZero();
    }

    @Test
    void cutsAnAreaIntoWhatItsRecordsMayHold() {
        for (int step = 0; step <= RecordRamp.FULL_STEP; step++) {
            ByteBuffer[] views =
                    RecordRamp.slots(ByteBuffer.allocate(AREA_BYTES), step).views();
            int first = step;
            assertThat(Arrays.stream(views).mapToInt(ByteBuffer::capacity).toArray())
                    .isEqualTo(IntStream.range(0, views.length)
                            .map(slot -> longest(first + slot))
                            .toArray());
        }
    }

    @Test
    void cutsAnAreaOnceForEachStep() {
        RecordSlots first = slots.next(ramp);
        ramp.sent(1);
        RecordSlots second = slots.next(ramp);
        assertThat(second).isNotSameAs(first);
        ticker.advance(PAUSE);
        assertThat(slots.next(ramp)).isSameAs(first);
        ramp.sent(1);
        assertThat(slots.next(ramp)).isSameAs(second);
    }

    @Test
    void sendsRecordsOfTheRightLengthsUnderEveryFeeding() {
        byte[] stream = PatternStream.bytes(1, 300_000);
        for (Feeding feeding : Feeding.some(stream)) {
            ticker.advance(PAUSE);
            payload.reset();
            int step = 0;
            for (ByteBuffer chunk : feeding.chunks()) {
                for (int length : send(chunk)) {
                    assertThat(length).as(feeding.name()).isBetween(1, longest(step++));
                }
            }
            assertThat(payload.toByteArray()).as(feeding.name()).isEqualTo(stream);
        }
    }

    @Test
    void fillsEveryRecordThatIsNotTheLastOfARead() {
        List<Integer> lengths = send(ByteBuffer.wrap(new byte[300_000]));
        int last = lengths.size() - 1;
        int step = 0;
        int left = 300_000;
        for (int length : lengths.subList(0, last)) {
            left -= length;
            // What one area holds is sent at once: another read begins behind it.
            assertThat(length).isEqualTo(longest(step++));
        }
        assertThat(lengths.get(last)).isEqualTo(left);
    }

    @Test
    void beginsAnewInTheMiddleOfAStream() {
        send(ByteBuffer.wrap(new byte[100_000]));
        assertThat(send(ByteBuffer.wrap(new byte[100_000]))).startsWith(16_401, 16_401);
        ticker.advance(PAUSE);
        assertThat(send(ByteBuffer.wrap(new byte[10_000]))).containsExactly(1364, 2733, 4102, 1801);
    }

    /** Reads as a proxy does, as often as it takes, and checks the records; what they hold is added to the payload. */
    private List<Integer> send(ByteBuffer arrived) {
        List<Integer> lengths = new ArrayList<>();
        while (arrived.hasRemaining()) {
            RecordSlots next = slots.next(ramp);
            int views = next.arm(arrived.remaining());
            int bytes = 0;
            for (int view = 0; view < views; view++) {
                ByteBuffer target = next.views()[view];
                int length = target.remaining();
                target.put(arrived.slice(arrived.position(), length));
                arrived.position(arrived.position() + length);
                bytes += length;
            }
            int before = lengths.size();
            unwrap(next.seal(bytes), lengths);
            ramp.sent(lengths.size() - before);
        }
        return lengths;
    }

    private void unwrap(ByteBuffer records, List<Integer> lengths) {
        while (records.hasRemaining()) {
            assertThat(records.get()).isEqualTo((byte) 0x17);
            assertThat(records.getShort()).isEqualTo((short) 0x0303);
            byte[] content = new byte[records.getShort()];
            records.get(content);
            payload.writeBytes(content);
            lengths.add(content.length);
        }
    }
}
