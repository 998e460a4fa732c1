package io.github.mtgjava.internal.access;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets through so many a second, and as many at once after a quiet second: a token bucket, kept as the time up to which its
 * tokens are spent. Thread-safe, without a lock.
 */
public final class Rate {

    private static final long SECOND_NANOS = 1_000_000_000L;

    private final long nanosEach;
    private final AtomicLong spentUntil;

    /** A full one, at that time of a monotonic clock. */
    public Rate(int perSecond, long now) {
        nanosEach = SECOND_NANOS / perSecond;
        spentUntil = new AtomicLong(now - SECOND_NANOS);
    }

    /** Takes a token, if there is one. Times may go back a little, as those of several loops do. */
    public boolean tryTake(long now) {
        while (true) {
            long spent = spentUntil.get();
            long oldest = now - SECOND_NANOS;
            long next = (oldest - spent > 0 ? oldest : spent) + nanosEach;
            if (next - now > 0) {
                return false;
            }
            if (spentUntil.compareAndSet(spent, next)) {
                return true;
            }
        }
    }
}
