package io.github.mtgjava.testkit;

import io.github.mtgjava.transport.nio.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that stands still until it is moved by hand. Thread-safe. */
public final class ManualTicker implements Ticker {
    private final AtomicLong nanos = new AtomicLong();
    private final List<Runnable> sleepers = new CopyOnWriteArrayList<>();

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public void onJump(Runnable wakeUp) {
        sleepers.add(wakeUp);
    }

    /** Moves the clock and wakes every loop. */
    public void advance(Duration by) {
        nanos.addAndGet(by.toNanos());
        sleepers.forEach(Runnable::run);
    }
}
