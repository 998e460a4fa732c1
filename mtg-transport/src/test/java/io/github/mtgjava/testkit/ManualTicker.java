package io.github.mtgjava.testkit;

import io.github.mtgjava.transport.nio.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that stands still until a test moves it. Every event loop built on it wakes up and looks at its timers when it
 * is moved; the call does not wait for them. Thread-safe.
 */
public final class ManualTicker implements Ticker {
    /** A loop looks before a turn, and after it: by then it has done what the time before the last look asked for. */
    private static final int LOOKS_OF_A_TURN = 3;

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final AtomicLong nanos;
    private final AtomicLong looks = new AtomicLong();
    private final List<Runnable> wakeUps = new CopyOnWriteArrayList<>();

    /** A clock that starts somewhere unremarkable. */
    public ManualTicker() {
        this(1_000_000_000L);
    }

    /**
     * A clock with a start of the test's choice.
     *
     * @param startNanos any value: near {@link Long#MAX_VALUE} the clock wraps around, as the system's may
     */
    public ManualTicker(long startNanos) {
        nanos = new AtomicLong(startNanos);
    }

    @Override
    public long nanos() {
        looks.incrementAndGet();
        return nanos.get();
    }

    @Override
    public void onJump(Runnable wakeUp) {
        wakeUps.add(wakeUp);
    }

    /**
     * Moves the clock forward and wakes whoever sleeps by it.
     *
     * @throws IllegalArgumentException if the step is negative: the clock is monotonic
     */
    public void advance(Duration step) {
        if (step.isNegative()) {
            throw new IllegalArgumentException("a monotonic clock does not go back: " + step);
        }
        nanos.addAndGet(step.toNanos());
        wakeUps.forEach(Runnable::run);
    }

    /** The same, and waits until a loop has lived through that moment: for a test with one loop that moves on step by step. */
    public void advanceSeen(Duration step) {
        long before = looks.get();
        advance(step);
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (looks.get() - before < LOOKS_OF_A_TURN) {
            if (deadline - System.nanoTime() < 0) {
                throw new AssertionError("no loop has looked at the clock");
            }
            wakeUps.forEach(Runnable::run);
            Thread.onSpinWait();
        }
    }
}
