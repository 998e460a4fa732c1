package io.github.mtgjava.internal.telegram.link;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Connection ids that Telegram still answers though their clients are gone, and when it was last told so: once in a
 * second is enough. Remembers the latest few hundred only.
 */
final class StrangerIds {

    private static final int MAX = 512;
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private final Map<Long, Long> toldAt = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
            return size() > MAX;
        }
    };

    /** Telegram has just been told that this one is gone. */
    void told(long id, long now) {
        toldAt.remove(id);
        toldAt.put(id, now);
    }

    /** Whether it is time to tell about this one, which counts as told then. */
    boolean mayTell(long id, long now) {
        Long last = toldAt.get(id);
        if (last != null && now - last < PAUSE_NANOS) {
            return false;
        }
        told(id, now);
        return true;
    }
}
