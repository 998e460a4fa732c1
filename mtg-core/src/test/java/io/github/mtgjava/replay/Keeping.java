package io.github.mtgjava.replay;

import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.replay.ReplayFiles.Print;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Caches that keep what is claimed, and how tests use them. Time only passes where a test says so. */
final class Keeping {

    static final long MIB = 1 << 20;

    /** Of one generation with the smallest budget. */
    static final int GENERATION_KEYS = 1536;

    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private long nanos = Long.MAX_VALUE - 1;
    private int looks;
    private final List<Runnable> loadLimits = new ArrayList<>();
    private Duration flush = NEVER;
    private Duration close = LIMIT;

    /** Writes at once, not only when there is much or at the end. */
    Keeping flushingAtOnce() {
        flush = Duration.ZERO;
        return this;
    }

    /** Does not wait for the disk when it is closed. */
    Keeping closingAtOnce() {
        close = Duration.ofMillis(1);
        return this;
    }

    DirectoryReplayCache on(ReplayStore store) {
        return on(store, MIB);
    }

    private DirectoryReplayCache on(ReplayStore store, long maxBytes) {
        return new DirectoryReplayCache(
                store,
                maxBytes,
                RandomSource.secure(),
                new DirectoryReplayCache.Times(flush, close, Duration.ofMillis(1), this::look, loadLimits::add));
    }

    DirectoryReplayCache in(Path directory, long maxBytes) {
        return on(new ReplayDirectory(directory, maxBytes, RandomSource.secure()), maxBytes);
    }

    DirectoryReplayCache in(Path directory) {
        return in(directory, MIB);
    }

    private synchronized long look() {
        looks++;
        notifyAll();
        return nanos;
    }

    synchronized void pass(Duration time) {
        nanos += time.toNanos();
    }

    /** Waits until somebody has looked at the clock so often. */
    synchronized void awaitLooksAtTheClock(int count) throws InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (looks < count) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("not within the limit: only " + looks);
            }
            wait(left);
        }
    }

    /** Claims have waited for the disk for long enough. */
    void passLoadLimit() {
        loadLimits.forEach(Runnable::run);
        loadLimits.clear();
    }

    static byte[] key(int key) {
        return ByteBuffer.allocate(17).putInt(key).array();
    }

    /** What {@link ScriptedStore} keeps of a key. */
    static Print print(int key) {
        byte[] hash = Fingerprint.hash(ReplayFiles.SALT, key(key));
        return new Print(Fingerprint.high(hash), Fingerprint.low(hash));
    }

    static boolean claim(DirectoryReplayCache cache, int key) {
        try {
            return cache.claim(key(key)).toCompletableFuture().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("no answer", e);
        }
    }

    /** Claims these; how many of them were new. */
    static int claimNew(DirectoryReplayCache cache, int from, int to) {
        int fresh = 0;
        for (int key = from; key < to; key++) {
            fresh += claim(cache, key) ? 1 : 0;
        }
        return fresh;
    }
}
