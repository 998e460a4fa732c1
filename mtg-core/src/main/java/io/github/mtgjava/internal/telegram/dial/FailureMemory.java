package io.github.mtgjava.internal.telegram.dial;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * What lately failed, and should be tried last. It forgets by itself, as networks recover. Confined to its loop.
 *
 * @param <K> what can fail
 */
public final class FailureMemory<K> {

    /** How long a failure counts. */
    public static final Duration MEMORY = Duration.ofMinutes(5);

    private final Map<K, Long> failedAt = new HashMap<>();

    /**
     * It failed.
     *
     * @return whether that is news
     */
    public boolean failed(K what, long now) {
        forget(now);
        return failedAt.put(what, now) == null;
    }

    /** It works. */
    public void succeeded(K what) {
        failedAt.remove(what);
    }

    /** Whether it failed lately. */
    public boolean hasFailed(K what, long now) {
        Long at = failedAt.get(what);
        return at != null && isRemembered(at, now);
    }

    /** The order in which to try: what lately failed comes last. */
    public Comparator<K> failedLast(long now) {
        return Comparator.comparing(what -> hasFailed(what, now));
    }

    private void forget(long now) {
        failedAt.values().removeIf(at -> !isRemembered(at, now));
    }

    private static boolean isRemembered(long at, long now) {
        return now - at <= MEMORY.toNanos();
    }
}
