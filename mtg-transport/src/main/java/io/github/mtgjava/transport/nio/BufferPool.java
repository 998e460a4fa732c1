package io.github.mtgjava.transport.nio;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Direct chunks of one size for bytes that a socket did not take. Confined to its loop, except for the two figures.
 *
 * <p>The pool itself hands out whatever is asked for: what bounds it is the high-water mark of every connection, and the
 * {@link BufferBudget} that pools share. As many of the chunks that come back are kept as were lately in use at a time: direct
 * memory that is dropped and taken anew comes back only when the garbage collector runs, and that may be never.
 */
public final class BufferPool {

    /** Size of a chunk in bytes. */
    public static final int CHUNK_BYTES = 16 * 1024;

    private static final int MIN_KEPT = 64;

    /** How many chunks come back between two looks at how many are worth keeping. */
    private static final int REVIEW_EVERY = 4096;

    private final BufferBudget budget;
    private final ArrayDeque<ByteBuffer> idle = new ArrayDeque<>();
    /** Written by the loop only, read by anyone. */
    private final AtomicLong chunksInUse = new AtomicLong();

    private int kept = MIN_KEPT;
    private int peak;
    private int released;

    BufferPool(BufferBudget budget) {
        this.budget = budget;
    }

    ByteBuffer acquire() {
        ByteBuffer idleChunk = idle.pollLast();
        ByteBuffer chunk = idleChunk != null ? idleChunk : ByteBuffer.allocateDirect(CHUNK_BYTES);
        chunksInUse.lazySet(chunksInUse.getPlain() + 1);
        peak = (int) Math.max(peak, chunksInUse.getPlain());
        budget.add(CHUNK_BYTES);
        return chunk;
    }

    void release(ByteBuffer chunk) {
        chunksInUse.lazySet(chunksInUse.getPlain() - 1);
        budget.add(-CHUNK_BYTES);
        if (idle.size() < Math.max(kept, peak)) {
            idle.addLast(chunk.clear());
        }
        if (++released % REVIEW_EVERY == 0) {
            review();
        }
    }

    /** Follows a rise at once, and a fall by and by. */
    private void review() {
        kept = Math.max(MIN_KEPT, Math.max(peak, kept / 2));
        peak = (int) chunksInUse.getPlain();
        while (idle.size() > kept) {
            idle.removeFirst();
        }
    }

    /** Chunks that wait for use. */
    int idle() {
        return idle.size();
    }

    /** What this pool shares with others. */
    public BufferBudget budget() {
        return budget;
    }

    /** Bytes in chunks that hold, or held in part, bytes waiting for a socket. Readable from any thread. */
    public long bytesInUse() {
        return chunksInUse.get() * CHUNK_BYTES;
    }
}
