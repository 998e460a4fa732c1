package io.github.mtgjava.transport.nio;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Direct chunks of one size for bytes that a socket did not take. Confined to its loop, except for the two figures.
 *
 * <p>The pool itself hands out whatever is asked for: what bounds it is the high-water mark of every connection, and the
 * {@link BufferBudget} that pools share. Chunks that come back are kept for reuse up to {@value #MAX_IDLE}; the rest is left to the garbage collector.
 */
public final class BufferPool {

    /** Size of a chunk in bytes. */
    public static final int CHUNK_BYTES = 16 * 1024;

    private static final int MAX_IDLE = 64;

    private final BufferBudget budget;
    private final ArrayDeque<ByteBuffer> idle = new ArrayDeque<>();
    /** Written by the loop only, read by anyone. */
    private final AtomicLong chunksInUse = new AtomicLong();

    BufferPool(BufferBudget budget) {
        this.budget = budget;
    }

    ByteBuffer acquire() {
        ByteBuffer idleChunk = idle.pollLast();
        ByteBuffer chunk = idleChunk != null ? idleChunk : ByteBuffer.allocateDirect(CHUNK_BYTES);
        chunksInUse.lazySet(chunksInUse.getPlain() + 1);
        budget.add(CHUNK_BYTES);
        return chunk;
    }

    void release(ByteBuffer chunk) {
        chunksInUse.lazySet(chunksInUse.getPlain() - 1);
        budget.add(-CHUNK_BYTES);
        if (idle.size() < MAX_IDLE) {
            idle.addLast(chunk.clear());
        }
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
