package io.github.mtgjava.cli;

import io.github.mtgjava.KeptReplayCache;
import io.github.mtgjava.MtProxyBuilder;
import io.github.mtgjava.spi.ReplayCache;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What handshakes are remembered in, until it is closed: after the proxy has stopped. Thread-safe. */
final class Replays implements AutoCloseable {

    private static final long DEFAULT_BYTES = 128L << 20;

    private @Nullable KeptReplayCache kept;

    /** What the options ask for; to be called once. */
    synchronized ReplayCache open(DefenceOptions options, @Nullable InetSocketAddress bind, CacheDir cacheDir) {
        long bytes = Objects.requireNonNullElse(
                options.antiReplayMaxSize, defaultBytes(Runtime.getRuntime().maxMemory()));
        if (bytes == 0) {
            return ReplayCache.disabled();
        }
        Path directory = directory(options, bind, cacheDir).orElse(null);
        if (directory == null) {
            return ReplayCache.inMemory(bytes);
        }
        kept = KeptReplayCache.open(directory, bytes);
        return kept;
    }

    /** More than the library's own, as the launcher gives it a heap with room for that; no more than may be asked for. */
    static long defaultBytes(long heapBytes) {
        return Math.min(DEFAULT_BYTES, mostBytes(heapBytes));
    }

    /** What may be asked for: half of the heap, which other things need too. */
    static long mostBytes(long heapBytes) {
        return heapBytes / 2;
    }

    /** One for each port, as two proxies cannot share one; none for a port that is another one the next time. */
    private static Optional<Path> directory(
            DefenceOptions options, @Nullable InetSocketAddress bind, CacheDir cacheDir) {
        int port = Objects.requireNonNullElse(bind, MtProxyBuilder.DEFAULT_BIND).getPort();
        boolean wanted = Objects.requireNonNullElse(options.keepReplays, true);
        return wanted && port != 0 ? cacheDir.path().map(path -> path.resolve("replay-" + port)) : Optional.empty();
    }

    @Override
    public synchronized void close() {
        if (kept != null) {
            kept.close();
        }
    }
}
