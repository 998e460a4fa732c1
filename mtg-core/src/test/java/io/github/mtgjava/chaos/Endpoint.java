package io.github.mtgjava.chaos;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One end of a connection. Counts what the kernel took and gave. Confined to its reactor. */
final class Endpoint implements Reactor.Ready {

    private final Reactor reactor;
    private final SocketChannel channel;
    private final Handler handler;
    private final Deque<ByteBuffer> output = new ArrayDeque<>();
    private @Nullable SelectionKey key;
    private int pending;
    private long sent;
    private long received;
    private boolean connected;
    private boolean paused;
    private boolean stalled;
    private boolean inputEnded;
    private boolean finishing;
    private boolean outputShut;
    private boolean closed;

    /** What happens to it. */
    interface Handler {

        default void onConnected() {}

        /** Bytes came; what is not taken of them is lost. */
        void onBytes(ByteBuffer in);

        /** The other side sends nothing more. */
        void onEnd();

        /** It is gone, and closed here. */
        void onBroken(IOException cause);

        /** The kernel has taken the rest of what was written, at last. */
        default void onDrained() {}
    }

    private Endpoint(Reactor reactor, SocketChannel channel, Handler handler) {
        this.reactor = reactor;
        this.channel = channel;
        this.handler = handler;
    }

    /**
     * Begins to connect.
     *
     * @param receiveBuffer of the kernel, in bytes; 0 leaves it to the kernel
     * @throws IOException if there is no descriptor for it
     */
    static Endpoint connect(
            Reactor reactor, InetSocketAddress from, InetSocketAddress to, int receiveBuffer, Handler handler)
            throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.INET);
        try {
            if (receiveBuffer > 0) {
                channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
            }
            channel.bind(from);
            Endpoint endpoint = register(reactor, channel, SelectionKey.OP_CONNECT, handler);
            if (channel.connect(to)) {
                reactor.execute(endpoint::onConnected);
            }
            return endpoint;
        } catch (IOException failure) {
            channel.close();
            throw failure;
        }
    }

    /** Takes a connection over. */
    static Endpoint accepted(Reactor reactor, SocketChannel channel, Handler handler) throws IOException {
        Endpoint endpoint = register(reactor, channel, SelectionKey.OP_READ, handler);
        endpoint.connected = true;
        return endpoint;
    }

    private static Endpoint register(Reactor reactor, SocketChannel channel, int operations, Handler handler)
            throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        Endpoint endpoint = new Endpoint(reactor, channel, handler);
        endpoint.key = reactor.register(channel, operations, endpoint);
        return endpoint;
    }

    long sent() {
        return sent;
    }

    long received() {
        return received;
    }

    /** Bytes written that the kernel has not taken. */
    int pending() {
        return pending;
    }

    /** Whether the other side sends nothing more. */
    boolean hasEnded() {
        return inputEnded;
    }

    void write(byte[] bytes) {
        if (closed || finishing) {
            return;
        }
        output.add(ByteBuffer.wrap(bytes));
        pending += bytes.length;
        flush();
    }

    /** Sends FIN after all that was written. */
    void finish() {
        finishing = true;
        flush();
    }

    void reset() {
        if (!closed) {
            try {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException gone) {
                // So it was quicker.
            }
        }
        close();
    }

    void close() {
        closed = true;
        output.clear();
        try {
            channel.close();
        } catch (IOException failure) {
            throw new AssertionError("closing a socket failed", failure);
        }
    }

    /** Does not read for now. */
    void pause(boolean on) {
        paused = on;
        wantWhatIsDue();
    }

    /** The same on behalf of somebody else: it reads if neither wants it not to. */
    void stall(boolean on) {
        stalled = on;
        wantWhatIsDue();
    }

    @Override
    public void ready(int operations) {
        if ((operations & SelectionKey.OP_CONNECT) != 0) {
            onConnected();
        }
        if ((operations & SelectionKey.OP_WRITE) != 0) {
            flush();
            if (output.isEmpty() && !closed) {
                handler.onDrained();
            }
        }
        if ((operations & SelectionKey.OP_READ) != 0 && !closed) {
            read();
        }
    }

    private void onConnected() {
        if (closed || connected) {
            return;
        }
        try {
            connected = channel.finishConnect();
        } catch (IOException failure) {
            onBroken(failure);
            return;
        }
        if (connected) {
            wantWhatIsDue();
            handler.onConnected();
            flush();
        }
    }

    private void read() {
        int bytesRead;
        ByteBuffer in = reactor.readBuffer().clear();
        try {
            bytesRead = channel.read(in);
        } catch (IOException failure) {
            onBroken(failure);
            return;
        }
        if (bytesRead > 0) {
            received += bytesRead;
            handler.onBytes(in.flip());
        } else if (bytesRead < 0) {
            inputEnded = true;
            wantWhatIsDue();
            handler.onEnd();
        }
    }

    private void flush() {
        if (closed || !connected) {
            return;
        }
        try {
            while (!output.isEmpty()) {
                int written = channel.write(output.element());
                sent += written;
                pending -= written;
                if (output.element().hasRemaining()) {
                    wantWhatIsDue();
                    return;
                }
                output.remove();
            }
            if (finishing && !outputShut) {
                outputShut = true;
                channel.shutdownOutput();
            }
        } catch (IOException failure) {
            onBroken(failure);
            return;
        }
        wantWhatIsDue();
    }

    /** Closes now and tells later: whoever writes is not called back from inside that. */
    private void onBroken(IOException failure) {
        close();
        reactor.execute(() -> handler.onBroken(failure));
    }

    private void wantWhatIsDue() {
        if (!closed && connected) {
            boolean reads = !inputEnded && !paused && !stalled;
            Objects.requireNonNull(key)
                    .interestOps((reads ? SelectionKey.OP_READ : 0) | (output.isEmpty() ? 0 : SelectionKey.OP_WRITE));
        }
    }
}
