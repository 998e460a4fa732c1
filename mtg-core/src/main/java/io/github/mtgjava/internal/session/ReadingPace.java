package io.github.mtgjava.internal.session;

import io.github.mtgjava.transport.nio.TcpConnection;
import java.time.Duration;

/**
 * Whether a client takes what it is sent fast enough. A link cannot wait for one of its clients, so answers for a slow one are
 * held; how much, and how long, is bounded here. Slow is not bad: over a poor mobile network a client may need a minute for
 * what is held, and is let go only if it hardly takes anything.
 */
final class ReadingPace {

    /** Held for a client: with more, the next answer is one too many. */
    static final int LIMIT = 4 << 20;

    /** The same while memory is short for everybody, for a client that has taken nothing for {@link #TIGHT_PATIENCE}. */
    static final int TIGHT_LIMIT = 256 << 10;

    /** The kernel takes more only when a third of its buffer is free, which at 200 KB/s can take seven seconds. */
    static final Duration TIGHT_PATIENCE = Duration.ofSeconds(15);

    /** Held for a client: with more, it has to take {@link #LEAST} in each {@link #PERIOD}. */
    static final int MARK = 1 << 20;

    static final int LEAST = 64 << 10;
    static final Duration PERIOD = Duration.ofSeconds(30);

    private final TcpConnection client;
    private boolean watched;
    private long periodEnd;
    private long flushedBefore;
    private long takenAt;
    private long taken;

    ReadingPace(TcpConnection client) {
        this.client = client;
    }

    /** Whether another answer would be too much. */
    boolean isOverLimit(long now) {
        int held = client.pending();
        if (held <= TIGHT_LIMIT || client.flushed() != taken) {
            taken = client.flushed();
            takenAt = now;
        }
        boolean takesNothing = now - takenAt >= TIGHT_PATIENCE.toNanos();
        return held > LIMIT || (takesNothing && client.loop().pool().budget().isTight());
    }

    /**
     * It was sent something.
     *
     * @return whether it is to be judged from now on: the caller's timer has to fire by {@link #periodEnd}
     */
    boolean startsToLag(long now) {
        if (client.pending() <= MARK) {
            watched = false;
            return false;
        }
        boolean starts = !watched;
        if (starts) {
            watch(now);
        }
        return starts;
    }

    private void watch(long now) {
        watched = true;
        periodEnd = now + PERIOD.toNanos();
        flushedBefore = client.flushed();
    }

    /** Whether a period has ended in which it took too little; if it took enough the next one begins. */
    boolean isTooSlow(long now) {
        if (client.pending() <= MARK) {
            watched = false;
        }
        if (!watched || periodEnd - now > 0) {
            return false;
        }
        boolean tooSlow = client.flushed() - flushedBefore < LEAST;
        watch(now);
        return tooSlow;
    }

    /** When to look, if otherwise it would be at that time. */
    long nextLook(long otherwise) {
        return watched && periodEnd - otherwise < 0 ? periodEnd : otherwise;
    }
}
