package io.github.mtgjava.transport.nio;

import static io.github.mtgjava.transport.nio.TimerWheel.TICK_NANOS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The wheel against a list sorted by deadline that knows nothing of ticks, through thousands of random operations. */
final class TimerWheelModelTest {
    private static final int OPERATIONS = 20_000;
    private static final int TIMERS = 200;
    private static final long REVOLUTION_NANOS = 1024 * TICK_NANOS;

    private final List<Entry> scheduled = new ArrayList<>();
    private final List<Entry> fired = new ArrayList<>();

    private final class Entry {
        final Timer timer = new Timer(() -> fired.add(this));
        /** Nanoseconds after the origin from which it may fire; a moment in the past counts as the last advance. */
        long due;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 42, -1_000_000_000L, Long.MAX_VALUE - 5_000_000_000L, Long.MAX_VALUE, Long.MIN_VALUE})
    void agreesWithASortedListWhereverTheClockStartsOrWrapsAround(long origin) {
        Random random = new Random(origin);
        TimerWheel wheel = new TimerWheel(origin);
        Entry[] entries = new Entry[TIMERS];
        for (int i = 0; i < TIMERS; i++) {
            entries[i] = new Entry();
        }
        long now = 0;
        for (int i = 0; i < OPERATIONS; i++) {
            Entry entry = entries[random.nextInt(TIMERS)];
            switch (random.nextInt(8)) {
                case 0 -> {
                    entry.timer.cancel();
                    scheduled.remove(entry);
                }
                case 1 -> now = advance(wheel, origin, now, step(random));
                case 2 -> now = waitForNext(wheel, origin, now);
                default -> schedule(wheel, origin, now, entry, now + step(random) - TICK_NANOS);
            }
            assertThat(entry.timer.isScheduled()).isEqualTo(scheduled.contains(entry));
        }
        assertThat(now).isGreaterThan(REVOLUTION_NANOS * 10);
    }

    /** Mostly a few ticks, now and then several revolutions; the ends of a tick more often than chance has it. */
    private static long step(Random random) {
        long ticks = random.nextInt(20) == 0 ? random.nextInt(5000) : random.nextInt(random.nextBoolean() ? 4 : 1100);
        long rest = random.nextInt(3) == 0 ? random.nextInt(3) - 1 : random.nextInt((int) TICK_NANOS);
        return Math.max(0, ticks * TICK_NANOS + rest);
    }

    private void schedule(TimerWheel wheel, long origin, long now, Entry entry, long deadline) {
        wheel.schedule(entry.timer, origin + deadline);
        scheduled.remove(entry);
        entry.due = Math.max(deadline, now);
        scheduled.add(entry);
        scheduled.sort(Comparator.comparingLong(one -> one.due));
    }

    private long advance(TimerWheel wheel, long origin, long now, long step) {
        long then = now + step;
        wheel.advance(origin + then, failure -> {
            throw new AssertionError("no task throws here", failure);
        });
        for (Entry entry : fired) {
            assertThat(scheduled.remove(entry)).isTrue();
            assertThat(entry.due).as("never early").isLessThanOrEqualTo(then);
        }
        fired.clear();
        if (!scheduled.isEmpty()) {
            assertThat(scheduled.get(0).due + TICK_NANOS)
                    .as("at most one tick late")
                    .isGreaterThan(then);
        }
        return then;
    }

    /** Sleeps one nanosecond less than the wheel allows, which must be too early for everything, then the last one. */
    private long waitForNext(TimerWheel wheel, long origin, long now) {
        long wait = wheel.nanosToNext(origin + now);
        if (scheduled.isEmpty() && wait == Long.MAX_VALUE) {
            return now;
        }
        assertThat(wait).isPositive();
        if (!scheduled.isEmpty()) {
            assertThat(now + wait).as("no oversleeping").isLessThanOrEqualTo(scheduled.get(0).due + TICK_NANOS);
        }
        int before = scheduled.size();
        long almost = advance(wheel, origin, now, wait - 1);
        assertThat(scheduled).hasSize(before);
        return advance(wheel, origin, almost, 1);
    }
}
