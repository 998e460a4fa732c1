package io.github.mtgjava.transport.nio;

import static io.github.mtgjava.transport.nio.TimerWheel.TICK_NANOS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TimerWheelTest {
    private static final long ORIGIN = 123_456_789L;
    private static final long REVOLUTION_NANOS = 1024 * TICK_NANOS;

    private final TimerWheel wheel = new TimerWheel(ORIGIN);
    private final List<String> fired = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();

    private Timer timer(String name) {
        return new Timer(() -> fired.add(name));
    }

    /** Moves the wheel to so long after its origin. */
    private void advanceTo(long nanos) {
        wheel.advance(ORIGIN + nanos, failures::add);
    }

    private void schedule(Timer timer, long nanos) {
        wheel.schedule(timer, ORIGIN + nanos);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, TICK_NANOS - 1, TICK_NANOS, TICK_NANOS + 1, 777_777_777L, REVOLUTION_NANOS - 1})
    void firesAtMostOneTickLateAndNeverEarly(long deadline) {
        schedule(timer("a"), deadline);

        advanceTo(deadline - 1);
        assertThat(fired).isEmpty();
        advanceTo(deadline + TICK_NANOS - 1);
        assertThat(fired).containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, TICK_NANOS - 1})
    void staysExactWhenTheDeadlineIsManyRevolutionsAway(long offset) {
        long deadline = 7 * REVOLUTION_NANOS + offset;
        schedule(timer("a"), deadline);

        for (long now = 0; now < deadline; now += 3 * TICK_NANOS + 17) {
            advanceTo(now);
            assertThat(fired).isEmpty();
        }
        advanceTo(deadline + TICK_NANOS - 1);
        assertThat(fired).containsExactly("a");
    }

    @Test
    void firesWithinATickWhenTheDeadlineHasPassedAlready() {
        advanceTo(10 * TICK_NANOS);
        schedule(timer("a"), TICK_NANOS);

        advanceTo(11 * TICK_NANOS - 1);
        assertThat(fired).isEmpty();
        advanceTo(11 * TICK_NANOS);
        assertThat(fired).containsExactly("a");
    }

    @Test
    void firesOnce() {
        Timer timer = timer("a");
        schedule(timer, TICK_NANOS);
        assertThat(timer.isScheduled()).isTrue();

        advanceTo(TICK_NANOS);
        assertThat(timer.isScheduled()).isFalse();
        advanceTo(5 * REVOLUTION_NANOS);
        assertThat(fired).containsExactly("a");
    }

    @Test
    void movesATimerThatIsScheduledAgain() {
        Timer later = timer("later");
        schedule(later, TICK_NANOS);
        schedule(later, 5 * TICK_NANOS);
        Timer sooner = timer("sooner");
        schedule(sooner, 5 * TICK_NANOS);
        schedule(sooner, TICK_NANOS);

        advanceTo(4 * TICK_NANOS);
        assertThat(fired).containsExactly("sooner");
        advanceTo(5 * TICK_NANOS);
        assertThat(fired).containsExactly("sooner", "later");
    }

    @Test
    void forgetsACancelledTimerUntilItIsScheduledAnew() {
        Timer timer = timer("a");
        schedule(timer, TICK_NANOS);
        timer.cancel();
        timer.cancel();
        advanceTo(2 * TICK_NANOS);
        assertThat(fired).isEmpty();

        schedule(timer, 3 * TICK_NANOS);
        advanceTo(3 * TICK_NANOS);
        assertThat(fired).containsExactly("a");
    }

    @Test
    void cancelsFromInsideATaskWhatIsDueInTheSameMoment() {
        Timer victim = timer("victim");
        Timer first = new Timer(() -> {
            fired.add("first");
            victim.cancel();
        });
        schedule(first, TICK_NANOS);
        schedule(victim, TICK_NANOS);
        schedule(timer("last"), TICK_NANOS);

        advanceTo(TICK_NANOS);
        assertThat(fired).containsExactly("first", "last");
    }

    @Test
    void postponesFromInsideATaskWhatIsDueInTheSameMoment() {
        Timer victim = timer("victim");
        schedule(new Timer(() -> schedule(victim, 9 * TICK_NANOS)), TICK_NANOS);
        schedule(victim, TICK_NANOS);

        advanceTo(8 * TICK_NANOS);
        assertThat(fired).isEmpty();
        advanceTo(9 * TICK_NANOS);
        assertThat(fired).containsExactly("victim");
    }

    @Test
    void aTaskThatSchedulesItselfFiresOncePerAdvance() {
        Timer[] periodic = new Timer[1];
        periodic[0] = new Timer(() -> {
            fired.add("tick");
            schedule(periodic[0], 0);
        });
        schedule(periodic[0], 0);

        advanceTo(1000 * TICK_NANOS);
        assertThat(fired).hasSize(1);
        advanceTo(1001 * TICK_NANOS);
        assertThat(fired).hasSize(2);
    }

    @Test
    void firesEverythingThatFellDueInAJumpOfHours() {
        long hours = Duration.ofHours(5).toNanos();
        for (int i = 0; i < 5000; i++) {
            schedule(timer("due"), i * (hours / 5000));
        }
        schedule(timer("not due"), hours + 1);

        advanceTo(hours);
        assertThat(fired).hasSize(5000).containsOnly("due");
        advanceTo(hours + TICK_NANOS);
        assertThat(fired).hasSize(5001).endsWith("not due");
    }

    @Test
    void reportsATaskThatThrowsAndFiresTheOthers() {
        schedule(timer("before"), TICK_NANOS);
        schedule(
                new Timer(() -> {
                    throw new AssertionError("on purpose");
                }),
                TICK_NANOS);
        schedule(timer("after"), TICK_NANOS);

        advanceTo(TICK_NANOS);
        assertThat(fired).containsExactly("before", "after");
        assertThat(failures).singleElement().isInstanceOf(AssertionError.class);
    }

    @Test
    void saysThatNothingIsScheduled() {
        assertThat(wheel.nanosToNext(ORIGIN)).isEqualTo(Long.MAX_VALUE);

        Timer timer = timer("a");
        schedule(timer, 3 * TICK_NANOS);
        timer.cancel();
        advanceTo(3 * TICK_NANOS);
        assertThat(wheel.nanosToNext(ORIGIN + 3 * TICK_NANOS)).isEqualTo(Long.MAX_VALUE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 63, 64, 65, 959, 960, 961, 1023, 1024})
    void saysExactlyHowLongToWait(int ticks) {
        // From a start in the middle of the wheel, so that the search wraps around its end.
        for (long startTick : new long[] {1024, 1087, 1500, 2047}) {
            TimerWheel other = new TimerWheel(ORIGIN);
            other.advance(ORIGIN + startTick * TICK_NANOS, failures::add);
            long deadline = ORIGIN + (startTick + ticks) * TICK_NANOS;
            other.schedule(timer("a"), deadline);

            long now = ORIGIN + startTick * TICK_NANOS + 5;
            assertThat(other.nanosToNext(now)).isEqualTo(deadline - now);
            assertThat(other.nanosToNext(deadline - 1)).isOne();
            assertThat(other.nanosToNext(deadline)).isOne();
            assertThat(other.nanosToNext(deadline + 1)).isOne();
        }
    }

    @Test
    void waitsForTheNearestOfSeveral() {
        schedule(timer("far"), 900 * TICK_NANOS);
        schedule(timer("near"), 70 * TICK_NANOS);
        assertThat(wheel.nanosToNext(ORIGIN)).isEqualTo(70 * TICK_NANOS);

        advanceTo(70 * TICK_NANOS);
        assertThat(wheel.nanosToNext(ORIGIN + 70 * TICK_NANOS)).isEqualTo(830 * TICK_NANOS);
    }

    @Test
    void keepsATimerThatIsACenturyAway() {
        schedule(timer("a"), Duration.ofDays(36_500).toNanos());
        advanceTo(Duration.ofDays(36_499).toNanos());
        assertThat(fired).isEmpty();
        advanceTo(Duration.ofDays(36_500).toNanos() + TICK_NANOS);
        assertThat(fired).containsExactly("a");
    }
}
