package io.github.mtgjava.examples.load;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * A fake Telegram DC: takes obfuscated2 without a secret, whatever DC the frame names, and does what {@link Command}s
 * say. Listens on the loopback address only.
 */
final class Dc implements Runnable, Closeable, Loop.Selectable {

    private static final int BACKLOG = 4096;

    private final Loop loop;
    private final ServerSocketChannel listener;
    private final InetSocketAddress address;
    private volatile boolean closed;

    private Dc(Loop loop, ServerSocketChannel listener) throws IOException {
        this.loop = loop;
        this.listener = listener;
        address = (InetSocketAddress) listener.getLocalAddress();
    }

    /** Listens; nobody is served before {@link #run}. Port 0 takes any free one. */
    static Dc listen(InetAddress host, int port) throws IOException {
        CtrStream.warmUp();
        ServerSocketChannel listener = ServerSocketChannel.open();
        listener.bind(new InetSocketAddress(host, port), BACKLOG);
        listener.configureBlocking(false);
        Dc dc = new Dc(new Loop(), listener);
        dc.loop.register(listener, SelectionKey.OP_ACCEPT, dc);
        return dc;
    }

    /** Where it listens, with the real port. */
    InetSocketAddress address() {
        return address;
    }

    /** Serves until {@link #close}, on the caller's thread. */
    @Override
    public void run() {
        try (loop) {
            while (!closed) {
                loop.turn(0);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the fake DC broke down", e);
        }
    }

    @Override
    public void ready() {
        try {
            for (SocketChannel channel = listener.accept(); channel != null; channel = listener.accept()) {
                new DcSession(loop, channel);
            }
        } catch (IOException e) {
            // Out of file descriptors, most likely: a measurement would be worth nothing from here on.
            throw new UncheckedIOException("the fake DC cannot accept connections", e);
        }
    }

    /** Lets {@link #run} close everything and return. Callable from any thread. */
    @Override
    public void close() {
        closed = true;
        loop.wakeUp();
    }
}
