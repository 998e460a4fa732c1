package io.github.mtgjava.testkit;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** State that threads change and wait for: every access goes through one lock, every wait is bounded. */
final class Monitor {
    /** Longest time any read or wait of the testkit takes unless a test says otherwise. */
    static final Duration LIMIT = Duration.ofSeconds(20);

    /** Runs {@code change} under the lock and wakes everybody who waits. */
    synchronized void change(Runnable change) {
        change.run();
        notifyAll();
    }

    /** Reads something under the lock. */
    synchronized <T> T read(Supplier<T> reader) {
        return reader.get();
    }

    /** Waits until {@code condition}, evaluated under the lock, holds; returns false if the limit passed first. */
    synchronized boolean await(BooleanSupplier condition, Duration limit) {
        long deadlineNanos = System.nanoTime() + limit.toNanos();
        try {
            while (!condition.getAsBoolean()) {
                long leftMillis = (deadlineNanos - System.nanoTime() + 999_999) / 1_000_000;
                if (leftMillis <= 0) {
                    return false;
                }
                wait(leftMillis);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting", e);
        }
    }
}
