package io.github.mtgjava.transport.nio;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connected socket on an event loop: writes go straight through to the kernel, what it does not take is held in pooled
 * chunks and written when it can be. Confined to its loop.
 *
 * <p>What is held is limited by its user, who looks at {@link #pending} and stops reading elsewhere; only when the
 * {@link BufferBudget} is used up does a write that would have to be held break a connection: the one of this loop that has
 * been stuck for longest, perhaps itself. It holds no buffer while nothing is pending or kept.
 */
public final class TcpConnection implements Selectable {

    /** {@link #read}: the peer will send nothing more. */
    public static final int END_OF_STREAM = -1;

    private static final Logger LOG = LoggerFactory.getLogger(TcpConnection.class);

    private final EventLoop loop;
    private final SocketChannel channel;
    private final SelectionKey key;
    private final ConnectionHandler handler;
    private int interest;
    private @Nullable PendingBytes pending;
    private @Nullable PendingBytes input;
    private long flushed;
    private boolean finishing;
    private boolean outputShut;
    private boolean outputBroken;
    private boolean inputEnded;
    private boolean closed;
    private boolean exemptFromBudget;
    private boolean dropped;
    /** The user is done with it, or was told that it broke: the handler is not called again. */
    private boolean forgotten;

    private TcpConnection(EventLoop loop, SocketChannel channel, ConnectionHandler handler, int interest)
            throws IOException {
        this.loop = loop;
        this.channel = channel;
        this.handler = handler;
        this.interest = interest;
        this.key = loop.register(channel, interest, this);
    }

    /**
     * Takes over a connected, non-blocking channel and starts reading, unless {@code paused}.
     *
     * @throws IOException if the channel is closed already
     */
    public static TcpConnection open(EventLoop loop, SocketChannel channel, ConnectionHandler handler, boolean paused)
            throws IOException {
        assert loop.inEventLoop();
        return new TcpConnection(loop, channel, handler, paused ? 0 : SelectionKey.OP_READ);
    }

    /**
     * Lets this connection hold bytes also when the {@link BufferBudget} is used up: for one that carries many peers, none
     * of which shall pay for the others. Its user has to see to a bound.
     */
    public void exemptFromBudget() {
        exemptFromBudget = true;
    }

    /**
     * Keeps the beginning of something that the peer has yet to complete; the connection is one of those that have to go when
     * memory is used up, if it is the one that has been waiting for the rest for longest.
     *
     * @return false if there is no memory for it, and nobody else who could go for it
     */
    public boolean keepInput(ByteBuffer part) {
        assert loop.inEventLoop();
        if (closed || (loop.pool().budget().isUsedUp() && !loop.holders().makeRoomFor(this))) {
            return false;
        }
        keptInput().append(part);
        loop.holders().input().hold(this, loop.now());
        return true;
    }

    /** What is kept; perhaps nothing. Its user may take it, and says so with {@link #dropInput}. */
    public PendingBytes keptInput() {
        PendingBytes kept = input;
        if (kept == null) {
            kept = new PendingBytes(loop.pool());
            input = kept;
        }
        return kept;
    }

    /** Keeps nothing any more. */
    public void dropInput() {
        loop.holders().input().release(this);
        if (input != null) {
            input.clear();
        }
    }

    /** Whether it was closed because the memory that was held for it was needed. */
    public boolean isDropped() {
        return dropped;
    }

    void drop() {
        dropped = true;
        breakLater();
    }

    /** Our end of it; null if it is closed. */
    public @Nullable InetSocketAddress localAddress() {
        try {
            return (InetSocketAddress) channel.getLocalAddress();
        } catch (IOException gone) {
            LOG.trace("no address of a socket that is gone", gone);
            return null;
        }
    }

    /** The loop this connection lives on. */
    public EventLoop loop() {
        return loop;
    }

    /**
     * Reads once into the buffer.
     *
     * @return how many bytes, 0 if there are none now or the connection broke ({@link ConnectionHandler#onFailed} is
     *     called soon), or {@link #END_OF_STREAM}: then pause or close, as it will be told again and again
     */
    public int read(ByteBuffer target) {
        assert loop.inEventLoop();
        if (closed) {
            return 0;
        }
        try {
            return unlessBroken(channel.read(target));
        } catch (IOException broken) {
            breakLater();
            return 0;
        }
    }

    /** Reads once, scattered into the first {@code count} buffers; otherwise as {@link #read(ByteBuffer)}. */
    public int read(ByteBuffer[] targets, int count) {
        assert loop.inEventLoop();
        if (closed) {
            return 0;
        }
        try {
            return unlessBroken((int) channel.read(targets, 0, count));
        } catch (IOException broken) {
            breakLater();
            return 0;
        }
    }

    /** The kernel reports a reset once: if a write was told, a read finds nothing but the end. */
    private int unlessBroken(int bytesRead) {
        if (bytesRead == END_OF_STREAM) {
            inputEnded = true;
            if (outputBroken) {
                breakLater();
                return 0;
            }
        }
        return bytesRead;
    }

    /**
     * Writes everything that remains in the buffer: to the socket as far as it takes it, the rest is held. Drops it on a
     * closed or finished connection, and when the peer takes nothing any more: what that peer has sent before can still
     * be read, and then {@link ConnectionHandler#onFailed} is called.
     *
     * @return whether nothing is held now
     */
    public boolean write(ByteBuffer source) {
        assert loop.inEventLoop();
        if (closed || finishing || outputBroken) {
            source.position(source.limit());
            return true;
        }
        if (pending() == 0) {
            try {
                channel.write(source);
            } catch (IOException broken) {
                source.position(source.limit());
                giveUpOutput();
                return true;
            }
            if (!source.hasRemaining()) {
                return true;
            }
        }
        if (!exemptFromBudget) {
            // Everybody has been told to stop reading long ago; whose peer has been stuck for longest is the one to go.
            if (loop.pool().budget().isUsedUp() && !loop.holders().makeRoomFor(this)) {
                source.position(source.limit());
                drop();
                return true;
            }
            loop.holders().output().hold(this, loop.now());
        }
        if (pending == null) {
            pending = new PendingBytes(loop.pool());
        }
        pending.append(source);
        want(interest | SelectionKey.OP_WRITE);
        return false;
    }

    /** Bytes accepted by {@link #write} that the socket has not taken yet. */
    public int pending() {
        return pending == null ? 0 : pending.bytes();
    }

    /** Bytes that were held and that the socket has taken since: a sign of life of a peer that reads slowly. */
    public long flushed() {
        return flushed;
    }

    /** Stops {@link ConnectionHandler#onReadable}, so that the kernel's buffer fills and the peer slows down. */
    public void pauseReading() {
        want(interest & ~SelectionKey.OP_READ);
    }

    /** Undoes {@link #pauseReading}. */
    public void resumeReading() {
        want(interest | SelectionKey.OP_READ);
    }

    /** Whether {@link ConnectionHandler#onReadable} is off. */
    public boolean isReadingPaused() {
        return (interest & SelectionKey.OP_READ) == 0;
    }

    /** Half-closes: sends FIN after everything that is pending. The peer may go on sending. */
    public void finish() {
        assert loop.inEventLoop();
        finishing = true;
        if (!closed && pending() == 0) {
            shutOutput();
        }
    }

    /** Closes both directions; what is pending is lost. More than once does nothing. */
    public void close() {
        assert loop.inEventLoop();
        forgotten = true;
        closeChannel();
    }

    /** Closes with RST, as a peer does that was reset itself. */
    public void reset() {
        if (!closed) {
            try {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException gone) {
                LOG.trace("no reset for a socket that is gone", gone);
            }
        }
        close();
    }

    /** Whether the connection is closed, by us or because it broke. */
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void ready(int operations) {
        if ((operations & SelectionKey.OP_WRITE) != 0) {
            flush();
        }
        // Writing may have closed the connection, or its user may have lost interest.
        if (!closed && (operations & interest & SelectionKey.OP_READ) != 0) {
            handler.onReadable(this);
        }
    }

    @Override
    public void abandon() {
        if (!forgotten) {
            close();
            handler.onFailed(this);
        }
    }

    private void flush() {
        if (closed || pending == null || pending.bytes() == 0) {
            return;
        }
        int before = pending.bytes();
        try {
            pending.writeTo(channel);
        } catch (IOException broken) {
            giveUpOutput();
        }
        flushed += before - pending.bytes();
        if (pending.bytes() > 0) {
            if (pending.bytes() < before) {
                loop.holders().output().progress(this, loop.now());
            }
            return;
        }
        loop.holders().output().release(this);
        want(interest & ~SelectionKey.OP_WRITE);
        if (finishing) {
            shutOutput();
        }
        if (!closed) {
            handler.onDrained(this);
        }
    }

    /** The peer takes nothing any more. */
    private void giveUpOutput() {
        outputBroken = true;
        if (pending != null) {
            pending.clear();
        }
        if (inputEnded) {
            // Nobody will read any more, and so nobody else would be told.
            breakLater();
        }
    }

    private void shutOutput() {
        if (outputShut || outputBroken) {
            return;
        }
        outputShut = true;
        try {
            channel.shutdownOutput();
        } catch (IOException broken) {
            breakLater();
        }
    }

    /** Closes it now and tells its handler later, so that no handler is called back from inside its own call. */
    void breakLater() {
        closeChannel();
        loop.execute(this::abandon);
    }

    private void closeChannel() {
        if (closed) {
            return;
        }
        closed = true;
        loop.holders().output().release(this);
        if (pending != null) {
            pending.clear();
        }
        dropInput();
        Channels.close(channel);
    }

    private void want(int operations) {
        assert loop.inEventLoop();
        if (operations != interest && !closed) {
            interest = operations;
            key.interestOps(operations);
        }
    }
}
