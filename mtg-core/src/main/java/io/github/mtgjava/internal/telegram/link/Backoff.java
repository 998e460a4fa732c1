package io.github.mtgjava.internal.telegram.link;

import java.time.Duration;
import java.util.Random;

/** How long to wait before trying again what has failed: half a second at first, twice as long each time. */
final class Backoff {

    static final Duration SHORTEST = Duration.ofMillis(500);
    static final Duration LONGEST = Duration.ofSeconds(30);

    private static final int MAX_DOUBLINGS = 6;

    private int failures;
    private long failedAt;
    private long until;

    /**
     * It has failed. Up to a tenth less keeps the loops of many proxies from trying in step.
     *
     * @param begunAt when the attempt began: one that was under way when another failed says nothing new, and none begins
     *     while the back-off lasts
     */
    void fail(long begunAt, long now, Random random) {
        if (failures > 0 && begunAt - failedAt <= 0) {
            return;
        }
        failedAt = now;
        long nanos = Math.min(SHORTEST.toNanos() << Math.min(failures, MAX_DOUBLINGS), LONGEST.toNanos());
        failures++;
        until = now + (long) (nanos * (0.9 + 0.1 * random.nextDouble()));
    }

    void succeed() {
        failures = 0;
    }

    /** How long not to try; 0 if it may be tried. */
    long nanosLeft(long now) {
        return failures == 0 ? 0 : Math.max(0, until - now);
    }
}
