package io.github.mtgjava.transport.nio;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts connections on one loop and hands them on. When accepting fails (no descriptors left, say) it backs off, from
 * 10 ms up to 1 s, and goes on: connections wait in the kernel's queue meanwhile. Those that still wait after a second of that
 * are closed, as others hold the descriptors for much longer than a client waits.
 */
public final class Acceptor implements Selectable {

    private static final Logger LOG = LoggerFactory.getLogger(Acceptor.class);
    private static final int BACKLOG = 4096;
    private static final int MAX_ACCEPTS_PER_TURN = 64;
    /** Takes some ten milliseconds. */
    private static final int MAX_TURNED_AWAY = 512;

    private static final long MIN_BACK_OFF_NANOS = 10_000_000L;
    private static final long MAX_BACK_OFF_NANOS = 1_000_000_000L;
    private static final long WARN_INTERVAL_NANOS = 60_000_000_000L;

    private final EventLoop loop;
    private final ServerSocketChannel channel;
    private final InetSocketAddress address;
    private final SocketOptions options;
    private final Consumer<SocketChannel> handler;
    private final Timer resume = new Timer(this::resumeAccepting);
    private final SelectionKey key;
    private final SpareDescriptor spare;
    private long backOffNanos = MIN_BACK_OFF_NANOS;
    private long failuresSinceWarning;
    private long nextWarningNanos;

    private Acceptor(
            EventLoop loop, ServerSocketChannel channel, SocketOptions options, Consumer<SocketChannel> handler)
            throws IOException {
        this.loop = loop;
        this.channel = channel;
        this.options = options;
        this.handler = handler;
        this.address = (InetSocketAddress) channel.getLocalAddress();
        this.key = loop.register(channel, SelectionKey.OP_ACCEPT, this);
        this.nextWarningNanos = loop.now();
        this.spare = new SpareDescriptor();
    }

    /**
     * Binds without accepting yet. An IPv4 address (0.0.0.0 included) listens for IPv4 only, the IPv6 wildcard for both.
     *
     * @throws IOException if the address cannot be bound
     */
    public static ServerSocketChannel bind(InetSocketAddress address) throws IOException {
        ServerSocketChannel channel = address.getAddress() instanceof Inet4Address
                ? ServerSocketChannel.open(StandardProtocolFamily.INET)
                : ServerSocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.configureBlocking(false);
            channel.bind(address, BACKLOG);
            return channel;
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    /**
     * Starts accepting on the caller's loop.
     *
     * @param channel from {@link #bind}
     * @param handler gets every connection, non-blocking and not registered anywhere; called on this loop
     * @throws IOException if the channel is closed
     */
    public static Acceptor start(
            EventLoop loop, ServerSocketChannel channel, SocketOptions options, Consumer<SocketChannel> handler)
            throws IOException {
        return new Acceptor(loop, channel, options, handler);
    }

    /** Where it listens, with the real port. Callable from any thread. */
    public InetSocketAddress address() {
        return address;
    }

    /** Stops listening. Connections that the kernel has queued are reset. Confined to the loop. */
    public void close() {
        assert loop.inEventLoop();
        resume.cancel();
        spare.close();
        try {
            channel.close();
        } catch (IOException failure) {
            LOG.warn("closing the listener {} failed", address, failure);
        }
    }

    @Override
    public void ready(int operations) {
        // A handler may close the acceptor.
        for (int i = 0; i < MAX_ACCEPTS_PER_TURN && channel.isOpen(); i++) {
            SocketChannel accepted;
            try {
                accepted = channel.accept();
            } catch (IOException failure) {
                backOff(failure);
                return;
            }
            if (accepted == null) {
                return;
            }
            backOffNanos = MIN_BACK_OFF_NANOS;
            handOn(accepted);
        }
    }

    @Override
    public void abandon() {
        // The listener survives whatever one accepted connection did; it goes only with its loop.
        if (!loop.isRunning()) {
            close();
        }
    }

    private void handOn(SocketChannel accepted) {
        try {
            options.applyTo(accepted);
        } catch (IOException gone) {
            LOG.debug("a connection was gone before it was set up", gone);
            Channels.close(accepted);
            return;
        }
        try {
            handler.accept(accepted);
        } catch (Throwable failure) {
            Channels.close(accepted);
            throw failure;
        }
    }

    private void backOff(IOException failure) {
        failuresSinceWarning++;
        if (loop.now() - nextWarningNanos >= 0) {
            LOG.warn(
                    "cannot accept connections on {} ({} failures so far): {}. If it says 'Too many open files', raise"
                            + " the limit (ulimit -n, LimitNOFILE) or lower the number of connections",
                    address,
                    failuresSinceWarning,
                    failure.toString());
            failuresSinceWarning = 0;
            nextWarningNanos = loop.now() + WARN_INTERVAL_NANOS;
        }
        if (backOffNanos == MAX_BACK_OFF_NANOS) {
            turnAway();
        }
        key.interestOps(0);
        loop.schedule(resume, loop.now() + backOffNanos);
        backOffNanos = Math.min(backOffNanos * 2, MAX_BACK_OFF_NANOS);
    }

    private void turnAway() {
        int count = spare.turnAway(channel, MAX_TURNED_AWAY);
        if (count > 0) {
            LOG.debug("{} connections were closed, as there is no descriptor for them", count);
        }
    }

    private void resumeAccepting() {
        if (channel.isOpen()) {
            key.interestOps(SelectionKey.OP_ACCEPT);
        }
    }
}
