package io.github.mtgjava.replay;

import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.spi.ReplayCache;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What {@link InMemoryReplayCache} does, and a thread that keeps it in a directory. Claims never touch the disk: they cost
 * what they cost there, and two words in a batch.
 */
public final class DirectoryReplayCache implements ReplayCache, AutoCloseable {

    private static final Duration LOAD_LIMIT = Duration.ofSeconds(2);
    private static final Duration FLUSH_INTERVAL = Duration.ofSeconds(1);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);
    private static final Duration TAKEN_RETRY = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryReplayCache.class);

    private final KeptClaims claims;
    private final Thread keeper;
    private final Duration closeLimit;

    /** Begins to load at once. With a bound on the memory of the tables. */
    public DirectoryReplayCache(Path directory, long maxBytes) {
        this(
                new ReplayDirectory(directory, maxBytes, RandomSource.secure()),
                maxBytes,
                RandomSource.secure(),
                new Times(
                        FLUSH_INTERVAL,
                        CLOSE_LIMIT,
                        TAKEN_RETRY,
                        System::nanoTime,
                        CompletableFuture.delayedExecutor(LOAD_LIMIT.toMillis(), TimeUnit.MILLISECONDS)));
    }

    /**
     * How long things take.
     *
     * @param flush from the first new claim to when it is written
     * @param close how long closing waits for the disk
     * @param taken from when somebody else has the directory to when it is asked for again
     * @param nanos a monotonic clock
     * @param loadLimit runs what it is given once claims have waited for the disk for long enough
     */
    record Times(Duration flush, Duration close, Duration taken, LongSupplier nanos, Executor loadLimit) {}

    DirectoryReplayCache(ReplayStore store, long maxBytes, RandomSource random, Times times) {
        claims = new KeptClaims(maxBytes, random, times.flush().toMillis());
        closeLimit = times.close();
        keeper = new Thread(new ReplayKeeper(claims, store, maxBytes, times), "mtg-replays");
        keeper.setDaemon(true);
        keeper.start();
        times.loadLimit().execute(this::loadLimitPassed);
    }

    private void loadLimitPassed() {
        if (claims.answerAnyway()) {
            LOG.atWarn()
                    .addKeyValue("event", "replays_load_slowly")
                    .log(
                            "handshakes from before the restart are not loaded yet, as the disk is slow: until they are, whoever"
                                    + " recorded one can play it once");
        }
    }

    @Override
    public CompletionStage<Boolean> claim(byte[] key) {
        return claims.claim(key);
    }

    @Override
    public long bytes() {
        return claims.bytes();
    }

    /** Writes what is not written yet, within two seconds. Claims go on to be answered, from memory. */
    @Override
    public void close() {
        claims.end();
        // Whoever is interrupted ends, too, and its handshakes are to be kept nevertheless.
        boolean interrupted = Thread.interrupted();
        try {
            keeper.join(closeLimit.toMillis());
            if (keeper.isAlive()) {
                LOG.atWarn()
                        .addKeyValue("event", "replays_not_kept")
                        .log(
                                "the disk is too slow: the handshakes of the last seconds are not kept, and are new once after a"
                                        + " restart");
            }
        } catch (InterruptedException again) {
            interrupted = true;
        }
        keeper.interrupt();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
