package io.github.mtgjava.examples.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * One non-blocking socket on a loop. What the socket does not take stays in its write buffer, which the link keeps until
 * it is empty: bytes are never copied from buffer to buffer, and an idle link has none.
 */
abstract class Link implements Loop.Selectable {

    private final Loop loop;
    private final SocketChannel channel;
    private final SelectionKey key;
    private @Nullable ByteBuffer pending;
    private boolean closed;

    /** Takes the channel over. {@code OP_CONNECT} as interest means that it is not connected yet. */
    Link(Loop loop, SocketChannel channel, int interest) throws IOException {
        this.loop = loop;
        this.channel = channel;
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        key = loop.register(channel, interest, this);
    }

    /** The connection stands. */
    abstract void connected() throws IOException;

    /** Bytes came; those left in the buffer are lost. */
    abstract void received(ByteBuffer in) throws IOException;

    /** Nothing is pending, and {@link #wantsToWrite}. */
    abstract void writable() throws IOException;

    /** The peer ended the connection; it is closed already. */
    abstract void ended();

    /** The connection broke, or a method of this class threw; it is closed already. */
    abstract void failed(IOException cause);

    /** Whether {@link #writable} should be called. */
    abstract boolean wantsToWrite();

    /** Whether to read while there is something to write. */
    abstract boolean readsWhileWriting();

    /** Starts to connect. */
    final void connect(InetSocketAddress address) throws IOException {
        if (channel.connect(address)) {
            connected();
            updateInterest();
        }
    }

    @Override
    public final void ready() {
        try {
            if (key.isConnectable()) {
                channel.finishConnect();
                connected();
            }
            if (!closed && key.isWritable()) {
                flush();
            }
            if (!closed && key.isReadable()) {
                read();
            }
            if (!closed) {
                updateInterest();
            }
        } catch (IOException e) {
            close();
            failed(e);
        }
    }

    private void flush() throws IOException {
        if (pending != null) {
            write(pending);
        }
        if (pending == null && wantsToWrite()) {
            writable();
        }
    }

    private void read() throws IOException {
        ByteBuffer in = loop.readBuffer();
        if (channel.read(in) < 0) {
            close();
            ended();
            return;
        }
        received(in.flip());
    }

    private void updateInterest() {
        boolean writes = pending != null || wantsToWrite();
        boolean reads = !writes || readsWhileWriting();
        int interest = (writes ? SelectionKey.OP_WRITE : 0) | (reads ? SelectionKey.OP_READ : 0);
        if (interest != key.interestOps()) {
            key.interestOps(interest);
        }
    }

    /** An empty buffer to fill and hand to {@link #send}. Only while nothing is pending. */
    final ByteBuffer buffer() {
        if (pending != null) {
            throw new IllegalStateException("the buffer before is not sent yet");
        }
        return loop.take();
    }

    /** Sends what was put into a buffer from {@link #buffer}, now or as the socket takes it. */
    final void send(ByteBuffer filled) throws IOException {
        write(filled.flip());
    }

    /** The same outside of {@link #ready}, where nobody else notices that something is pending. */
    final void sendFromOutside(ByteBuffer filled) throws IOException {
        send(filled);
        updateInterest();
    }

    private void write(ByteBuffer out) throws IOException {
        pending = out;
        if (out.hasRemaining()) {
            channel.write(out);
        }
        if (!out.hasRemaining()) {
            pending = null;
            loop.give(out);
        }
    }

    final Loop loop() {
        return loop;
    }

    final boolean isClosed() {
        return closed;
    }

    /** Closes the socket. Idempotent. */
    final void close() {
        if (closed) {
            return;
        }
        closed = true;
        ByteBuffer unsent = pending;
        pending = null;
        if (unsent != null) {
            loop.give(unsent);
        }
        try {
            channel.close();
        } catch (IOException e) {
            failed(e);
        }
    }
}
