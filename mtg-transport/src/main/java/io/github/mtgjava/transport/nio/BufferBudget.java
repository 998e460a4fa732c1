package io.github.mtgjava.transport.nio;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much memory the pools of several loops may hold together for sockets that do not take their bytes. It has three
 * marks: when half of it is used, whoever can should stop reading for a slow peer at once ({@link #isTight}); when three
 * quarters are used, nobody new should be let in, and who is stuck for long may go ({@link #isShort}); when all of it is used,
 * whoever is stuck for longest is dropped. Thread-safe.
 */
public final class BufferBudget {

    private final long maxBytes;
    private final AtomicLong used = new AtomicLong();

    /** With so many bytes, at least one chunk of a {@link BufferPool}. */
    public BufferBudget(long maxBytes) {
        if (maxBytes < BufferPool.CHUNK_BYTES) {
            throw new IllegalArgumentException(
                    "a budget of " + maxBytes + " bytes is less than a chunk of " + BufferPool.CHUNK_BYTES);
        }
        this.maxBytes = maxBytes;
    }

    /** Without a bound. */
    public static BufferBudget unlimited() {
        return new BufferBudget(Long.MAX_VALUE);
    }

    /** Bytes held now. */
    public long used() {
        return used.get();
    }

    /** Whether half of it is used. */
    public boolean isTight() {
        return used.get() > maxBytes / 2;
    }

    /** Whether three quarters of it are used. */
    public boolean isShort() {
        return used.get() > maxBytes / 4 * 3;
    }

    /** The most that it allows. */
    public long maxBytes() {
        return maxBytes;
    }

    /** Whether all of it is used. */
    public boolean isUsedUp() {
        return used.get() >= maxBytes;
    }

    void add(int bytes) {
        used.addAndGet(bytes);
    }
}
