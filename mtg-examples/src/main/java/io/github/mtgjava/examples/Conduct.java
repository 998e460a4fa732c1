package io.github.mtgjava.examples;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a {@link LearningBlocklist} knows of an address. Times are those of {@link System#nanoTime}. */
final class Conduct {

    /** Refusals within this time are counted together. */
    static final Duration WITHIN = Duration.ofMinutes(1);

    /** How long an address is blocked, and how long it is not after somebody there was let in. */
    static final Duration MEMORY = Duration.ofMinutes(10);

    private int refusals;
    private long countedSince;
    private @Nullable Long blockedAt;
    private @Nullable Long letInAt;

    void letIn(long now) {
        letInAt = now;
    }

    /** Blocks it if that is one time too many, unless somebody there is known to be a user. */
    void refused(long now, int times) {
        if (refusals == 0 || now - countedSince > WITHIN.toNanos()) {
            refusals = 0;
            countedSince = now;
        }
        if (++refusals >= times && !isRecent(letInAt, now)) {
            refusals = 0;
            blockedAt = now;
        }
    }

    boolean isBlocked(long now) {
        return isRecent(blockedAt, now);
    }

    private static boolean isRecent(@Nullable Long event, long now) {
        return event != null && now - event < MEMORY.toNanos();
    }
}
