package io.github.mtgjava.transport.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/**
 * Bytes that wait, for a socket that did not take them yet or for the rest of a message, in pooled chunks, oldest first.
 * Holds no chunk while it is empty. Confined to the pool's loop.
 *
 * <p>A chunk is always in read mode: what waits lies between position and limit, the room behind the limit is free.
 */
public final class PendingBytes {

    private static final int MAX_GATHER = 16;

    private final BufferPool pool;
    private final ArrayDeque<ByteBuffer> chunks = new ArrayDeque<>(4);
    private int bytes;

    /** Empty. */
    public PendingBytes(BufferPool pool) {
        this.pool = pool;
    }

    /** How many there are. */
    public int bytes() {
        return bytes;
    }

    /**
     * The oldest of them: up to {@link BufferPool#CHUNK_BYTES} in read mode, not to be consumed.
     *
     * @throws java.util.NoSuchElementException if there are none
     */
    public ByteBuffer oldest() {
        return chunks.getFirst();
    }

    /** Copies everything that remains in the source. */
    public void append(ByteBuffer source) {
        while (source.hasRemaining()) {
            ByteBuffer last = chunks.peekLast();
            if (last == null || last.limit() == last.capacity()) {
                last = pool.acquire().limit(0);
                chunks.addLast(last);
            }
            int end = last.limit();
            int count = Math.min(source.remaining(), last.capacity() - end);
            last.limit(end + count).put(end, source, source.position(), count);
            source.position(source.position() + count);
            bytes += count;
        }
    }

    /** Writes what the channel takes, in as few calls as it needs. */
    void writeTo(GatheringByteChannel channel) throws IOException {
        while (bytes > 0) {
            ByteBuffer[] gather = new ByteBuffer[Math.min(chunks.size(), MAX_GATHER)];
            int index = 0;
            for (ByteBuffer chunk : chunks) {
                if (index == gather.length) {
                    break;
                }
                gather[index++] = chunk;
            }
            long written = channel.write(gather);
            bytes -= (int) written;
            while (!chunks.isEmpty() && !chunks.getFirst().hasRemaining()) {
                pool.release(chunks.removeFirst());
            }
            if (written == 0) {
                return;
            }
        }
    }

    /** Hands out everything, chunk by chunk, each valid during the call only, and is empty then, also if a call throws. */
    public void drainTo(Consumer<ByteBuffer> sink) {
        try {
            for (ByteBuffer chunk : chunks) {
                sink.accept(chunk);
            }
        } finally {
            clear();
        }
    }

    /** Forgets everything and gives the chunks back. */
    public void clear() {
        bytes = 0;
        while (!chunks.isEmpty()) {
            pool.release(chunks.removeFirst());
        }
    }
}
