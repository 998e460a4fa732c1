package io.github.mtgjava.replay;

import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.crypto.Sha256;
import io.github.mtgjava.spi.ReplayCache;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Keys as 128-bit fingerprints in generations: a full cache drops its oldest generation whole, so what is forgotten is
 * always older than what is kept. (A cache that evicts by frequency would drop the newest first, which is what somebody
 * who replays wants.)
 *
 * <p>The fingerprint is salted per cache, so that nobody can choose keys that collide. Thread-safe: one claim holds the
 * lock for about a microsecond, once per handshake.
 */
public final class InMemoryReplayCache implements ReplayCache {

    /** The smallest budget, in bytes. */
    public static final long MIN_BYTES = 1L << 20;

    private static final int GENERATIONS = 32;
    private static final int SALT_BYTES = 16;
    private static final CompletionStage<Boolean> FRESH = CompletableFuture.completedStage(true);
    private static final CompletionStage<Boolean> SEEN = CompletableFuture.completedStage(false);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final byte[] salt = RandomSource.secure().bytes(SALT_BYTES);
    private final int generationBytes;
    /** Newest first. */
    private final ArrayDeque<ReplayGeneration> generations = new ArrayDeque<>(GENERATIONS);
    /** Of all tables; written under the lock, so that who reads it takes none. */
    private volatile long bytes;

    /** With a bound on the memory of its tables. */
    public InMemoryReplayCache(long maxBytes) {
        if (maxBytes < MIN_BYTES) {
            throw new IllegalArgumentException(
                    "the replay cache needs at least " + MIN_BYTES + " bytes, not " + maxBytes);
        }
        generationBytes = (int) Math.min(maxBytes / GENERATIONS, ReplayGeneration.MAX_BYTES);
        generations.addFirst(new ReplayGeneration(generationBytes));
        bytes = generations.getFirst().bytes();
    }

    @Override
    public CompletionStage<Boolean> claim(byte[] key) {
        byte[] hash = Sha256.of(salt, key);
        return claim((long) LONGS.get(hash, 0), (long) LONGS.get(hash, Long.BYTES)) ? FRESH : SEEN;
    }

    private synchronized boolean claim(long high, long low) {
        for (Iterator<ReplayGeneration> it = generations.iterator(); it.hasNext(); ) {
            if (it.next().contains(high, low)) {
                return false;
            }
        }
        if (generations.getFirst().isFull()) {
            beginGeneration();
        }
        ReplayGeneration newest = generations.getFirst();
        long others = bytes - newest.bytes();
        newest.add(high, low);
        bytes = others + newest.bytes();
        return true;
    }

    private void beginGeneration() {
        long forgotten =
                generations.size() == GENERATIONS ? generations.removeLast().bytes() : 0;
        ReplayGeneration newest = new ReplayGeneration(generationBytes);
        generations.addFirst(newest);
        bytes = bytes - forgotten + newest.bytes();
    }

    @Override
    public long bytes() {
        return bytes;
    }
}
