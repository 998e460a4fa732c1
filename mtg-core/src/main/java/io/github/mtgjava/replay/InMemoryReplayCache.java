package io.github.mtgjava.replay;

import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.spi.ReplayCache;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Keys as salted fingerprints of 128 bits in {@link ReplayGenerations}. Thread-safe: one claim holds the lock for about a
 * microsecond, once per handshake.
 */
public final class InMemoryReplayCache implements ReplayCache {

    private static final CompletionStage<Boolean> FRESH = CompletableFuture.completedStage(true);
    private static final CompletionStage<Boolean> SEEN = CompletableFuture.completedStage(false);

    private static final long MIB = 1 << 20;
    private static final long LARGEST_DEFAULT = 128 * MIB;

    private final byte[] salt = RandomSource.secure().bytes(Fingerprint.SALT_BYTES);
    private final ReplayGenerations generations;

    /** With a bound on the memory of its tables. */
    public InMemoryReplayCache(long maxBytes) {
        generations = new ReplayGenerations(maxBytes);
    }

    /** What a proxy's own cache may use of a heap of this size. */
    public static long defaultBytes(long heapBytes) {
        return Math.max(MIB, Math.min(LARGEST_DEFAULT, heapBytes / 4));
    }

    @Override
    public CompletionStage<Boolean> claim(byte[] key) {
        byte[] hash = Fingerprint.hash(salt, key);
        return claim(Fingerprint.high(hash), Fingerprint.low(hash)) ? FRESH : SEEN;
    }

    private synchronized boolean claim(long high, long low) {
        return generations.add(high, low);
    }

    @Override
    public long bytes() {
        return generations.bytes();
    }
}
