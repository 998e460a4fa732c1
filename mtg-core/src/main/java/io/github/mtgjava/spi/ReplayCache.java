package io.github.mtgjava.spi;

import io.github.mtgjava.replay.InMemoryReplayCache;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Remembers the handshakes that were seen, so that a recorded one is worth nothing to whoever plays it again.
 *
 * <p>{@link #claim} is called from any event loop, at once after a handshake proved to be made with the secret, and must
 * not block: an implementation that asks another machine answers later. Claims must be atomic: of two claims of one key,
 * however close together, one gets true. Whatever goes wrong (an exception, a failed stage, no answer before the
 * handshake's deadline) counts as seen before: the client is refused.
 *
 * <p>The longer keys are remembered the better: no handshake gets too old. One of obfuscated2 tells no time, and that in a
 * recorded FakeTLS hello can be moved by whoever recorded it, so that a recording is good again as soon as it is forgotten.
 */
@FunctionalInterface
public interface ReplayCache {

    /**
     * Claims a key.
     *
     * @param key 17 bytes for FakeTLS, 49 for obfuscated2; the array is the callee's to keep
     * @return completes, on any thread, with true if the key was never claimed, or was forgotten since; with false if it is
     *     known
     */
    CompletionStage<Boolean> claim(byte[] key);

    /** Memory that it uses now, in bytes, for statistics; 0 if it cannot tell. Any thread; must answer at once. */
    default long bytes() {
        return 0;
    }

    /**
     * A cache in memory, the proxy's default. Forgets the oldest keys first when it is full, and everything when the
     * process ends; {@link io.github.mtgjava.KeptReplayCache} does not. Several proxies may share one.
     *
     * @param maxBytes bound on its memory, at least 1 MiB; grows up to there as keys come (20 to 43 bytes each)
     */
    static ReplayCache inMemory(long maxBytes) {
        return new InMemoryReplayCache(maxBytes);
    }

    /**
     * The bound of the cache that a proxy makes for itself, in bytes: 128 MiB, which is millions of handshakes, but no more than a
     * quarter of the heap, and at least 1 MiB.
     */
    static long defaultBytes() {
        return InMemoryReplayCache.defaultBytes(Runtime.getRuntime().maxMemory());
    }

    /** Remembers nothing: every handshake is taken for new. Replays then reach Telegram, and answer a prober. */
    static ReplayCache disabled() {
        return key -> CompletableFuture.completedStage(true);
    }
}
