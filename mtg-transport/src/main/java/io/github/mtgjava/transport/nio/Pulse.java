package io.github.mtgjava.transport.nio;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** How an event loop is doing: when it last turned, and how long its turns take. Beaten by the loop, felt by anyone. */
public final class Pulse {

    /** What a loop without anything to do may sleep before it turns all the same. */
    static final long MAX_SLEEP_MILLIS = 1_000;

    private static final long MAX_SLEEP_NANOS =
            Duration.ofMillis(MAX_SLEEP_MILLIS).toNanos();
    private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();

    private final Ticker ticker;
    private final AtomicLong lastTurn;
    private final AtomicLong longest = new AtomicLong();
    private final AtomicLong longestBefore = new AtomicLong();
    private long windowEnd;
    private volatile boolean ended;

    Pulse(Ticker ticker) {
        this.ticker = ticker;
        long now = ticker.nanos();
        this.lastTurn = new AtomicLong(now);
        this.windowEnd = now + WINDOW_NANOS;
    }

    /** A turn that began then is over now. */
    void beat(long began) {
        long now = ticker.nanos();
        if (now - windowEnd >= 0) {
            // After a long sleep the window before was an empty one.
            longestBefore.lazySet(now - windowEnd < WINDOW_NANOS ? longest.getPlain() : 0);
            longest.lazySet(0);
            windowEnd = now + WINDOW_NANOS;
        }
        if (now - began > longest.getPlain()) {
            longest.lazySet(now - began);
        }
        lastTurn.lazySet(now);
    }

    /** The loop was told to end: from now on it owes nobody a turn. */
    void end() {
        ended = true;
    }

    /** Nanoseconds since the last turn was over: about a second at most if all is well; 0 once the loop has to end. */
    public long silenceNanos() {
        return ended ? 0 : Math.max(0, ticker.nanos() - lastTurn.get());
    }

    /**
     * The longest that the loop was busy at a stretch within the last ten to twenty seconds, in nanoseconds; what goes on
     * now counts as soon as it is certain that the loop does not just sleep.
     */
    public long lagNanos() {
        long past = Math.max(longest.get(), longestBefore.get());
        return Math.max(past, silenceNanos() - MAX_SLEEP_NANOS);
    }
}
