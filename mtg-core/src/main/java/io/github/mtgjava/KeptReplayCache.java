package io.github.mtgjava;

import io.github.mtgjava.replay.DirectoryReplayCache;
import io.github.mtgjava.spi.ReplayCache;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CompletionStage;

/**
 * A replay cache that survives a restart: what {@link ReplayCache#inMemory} remembers in memory, this also keeps in a
 * directory, so that what somebody recorded before a restart is worth nothing after it.
 *
 * <pre>{@code
 * try (KeptReplayCache replays = KeptReplayCache.open(Path.of("/var/cache/mtg/replays"), 128 << 20);
 *         MtProxy proxy = MtProxy.builder().secret(secret).replayCache(replays).build()) {
 *     …
 * }
 * }</pre>
 *
 * <p>Claims never wait for the disk: a thread of its own writes them, a second later at the most, and a crash or a power cut
 * takes no more than that second. What is there is loaded in the background: claims that come meanwhile are answered when
 * that is done, or after two seconds, then without what is not loaded yet. Whatever goes wrong with the disk is logged, and
 * then handshakes are remembered in memory only: also if files in the directory are damaged, handshakes come faster than they
 * can be written, or another proxy uses the directory. That may be the one before this that is about to end: the directory is
 * taken over as soon as it has, unless thousands of handshakes have come by then.
 *
 * <p>The directory takes as much room as the memory. There are fingerprints of handshakes in it, by which nobody can tell
 * anything about clients or the secret; it and its files are made for their owner only. Thread-safe.
 */
public final class KeptReplayCache implements ReplayCache, AutoCloseable {

    private final DirectoryReplayCache cache;

    private KeptReplayCache(DirectoryReplayCache cache) {
        this.cache = cache;
    }

    /**
     * Begins to load what is kept in a directory, which is made if there is none. Does not wait for that.
     *
     * @param directory for nothing else; two caches cannot share one
     * @param maxBytes bound on its memory, as of {@link ReplayCache#inMemory}: at least 1 MiB
     * @throws IllegalArgumentException if that is less
     */
    public static KeptReplayCache open(Path directory, long maxBytes) {
        return new KeptReplayCache(new DirectoryReplayCache(Objects.requireNonNull(directory, "directory"), maxBytes));
    }

    @Override
    public CompletionStage<Boolean> claim(byte[] key) {
        return cache.claim(key);
    }

    @Override
    public long bytes() {
        return cache.bytes();
    }

    /**
     * Writes what is not written yet, and waits for that for two seconds at the most. To be called when the proxy has
     * stopped: from now on claims are remembered in memory only. More than once does nothing.
     */
    @Override
    public void close() {
        cache.close();
    }
}
