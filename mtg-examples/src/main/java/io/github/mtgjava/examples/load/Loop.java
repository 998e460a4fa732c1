package io.github.mtgjava.examples.load;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/** A selector and what its thread needs to move bytes. Confined to that thread, but for {@link #wakeUp}. */
final class Loop implements Closeable {

    /** Capacity of all buffers, in bytes. */
    static final int BUFFER = 256 * 1024;

    /** Size of the scratch arrays: a piece of this size stays in the first-level cache through the cipher. */
    static final int PIECE = 8192;

    private final Selector selector;
    private final Consumer<SelectionKey> dispatch = Loop::dispatch;
    private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(BUFFER);
    private final ArrayDeque<ByteBuffer> writeBuffers = new ArrayDeque<>();
    private final byte[] scratch = new byte[PIECE];
    private final byte[] otherScratch = new byte[PIECE];

    /** What is attached to the keys. */
    interface Selectable {

        /** Its channel is ready for something that it is interested in. */
        void ready();
    }

    Loop() throws IOException {
        selector = Selector.open();
    }

    /** Registers a channel, of which the selectable is told. */
    SelectionKey register(SelectableChannel channel, int interest, Selectable selectable) throws IOException {
        return channel.register(selector, interest, selectable);
    }

    /** Waits until something is ready, at most so long (0: for ever), and serves it. */
    void turn(long millis) throws IOException {
        selector.select(dispatch, millis);
    }

    private static void dispatch(SelectionKey key) {
        ((Selectable) key.attachment()).ready();
    }

    /** Ends a {@link #turn} that is waiting, or the next one. Callable from any thread. */
    void wakeUp() {
        selector.wakeup();
    }

    /** The buffer to read into, empty; valid until the next {@link Selectable}'s turn. */
    ByteBuffer readBuffer() {
        return readBuffer.clear();
    }

    /** An empty buffer to write from; {@link #give} it back. */
    ByteBuffer take() {
        ByteBuffer buffer = writeBuffers.poll();
        return buffer != null ? buffer : ByteBuffer.allocateDirect(BUFFER);
    }

    void give(ByteBuffer buffer) {
        writeBuffers.push(buffer.clear());
    }

    byte[] scratch() {
        return scratch;
    }

    byte[] otherScratch() {
        return otherScratch;
    }

    /** Closes the selector and every channel registered with it. */
    @Override
    public void close() {
        try {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
