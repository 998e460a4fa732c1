package io.github.mtgjava.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A server that can be made to refuse, to reset and to stall, and to stop doing so. Confined to its reactor, but for what says
 * otherwise.
 */
abstract class TroubledServer implements Reactor.Ready {

    private static final int BACKLOG = 4096;
    private static final long NO_DESCRIPTOR_MILLIS = 50;

    private final Reactor reactor;
    private final InetSocketAddress address;
    private final Set<Guest> guests = new LinkedHashSet<>();
    private final AtomicInteger open = new AtomicInteger();
    private @Nullable ServerSocketChannel listener;

    private @Nullable SelectionKey key;
    private boolean resetting;
    private boolean stalling;

    /**
     * Starts to listen.
     *
     * @param host an address of loopback from which nobody connects, so that its port is still free after a refusal
     */
    TroubledServer(Reactor reactor, String host) throws IOException {
        this.reactor = reactor;
        InetSocketAddress any = new InetSocketAddress(InetAddress.getByName(host), 0);
        try (ServerSocketChannel first = ServerSocketChannel.open(StandardProtocolFamily.INET)) {
            first.bind(any);
            address = (InetSocketAddress) first.getLocalAddress();
        }
        reactor.call(this::listen);
    }

    /** One connection. */
    abstract static class Guest implements Endpoint.Handler {

        private final TroubledServer host;
        private @Nullable Endpoint line;

        Guest(TroubledServer host) {
            this.host = host;
        }

        final Endpoint line() {
            if (line == null) {
                throw new IllegalStateException("it is not connected yet");
            }
            return line;
        }

        final TroubledServer host() {
            return host;
        }

        /** Resets it. */
        void reset() {
            line().reset();
            over();
        }

        /** It has ended, one way or the other; may be called again. */
        void over() {
            line().close();
            host.forget(this);
        }
    }

    /** For a connection that has come. */
    abstract Guest welcome();

    /** Where it listens. Callable from any thread. */
    final InetSocketAddress address() {
        return address;
    }

    /** Connections open now. Callable from any thread. */
    final int open() {
        return open.get();
    }

    final Reactor reactor() {
        return reactor;
    }

    final boolean isResetting() {
        return resetting;
    }

    /** Listens no more: who connects is refused, and who waits to be accepted is reset. */
    final void refuse() {
        if (listener != null) {
            reactor.close(listener);
            listener = null;
        }
    }

    /** Listens, again. Takes a descriptor. */
    final void listen() {
        try {
            ServerSocketChannel fresh = ServerSocketChannel.open(StandardProtocolFamily.INET);
            fresh.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            fresh.configureBlocking(false);
            fresh.bind(address, BACKLOG);
            key = reactor.register(fresh, SelectionKey.OP_ACCEPT, this);
            listener = fresh;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Resets every other connection, by chance, and all that come until further notice. */
    final void beginResets(Random random) {
        resetting = true;
        for (Guest guest : new ArrayList<>(guests)) {
            if (random.nextBoolean()) {
                guest.reset();
            }
        }
    }

    final void endResets() {
        resetting = false;
    }

    /** Reads nothing, of anybody, or reads on. */
    final void stall(boolean on) {
        stalling = on;
        guests.forEach(guest -> guest.line().stall(on));
    }

    @Override
    public final void ready(int operations) throws IOException {
        ServerSocketChannel current = listener;
        while (current != null && current.isOpen()) {
            SocketChannel channel;
            try {
                channel = current.accept();
            } catch (IOException noDescriptor) {
                waitForDescriptors(key);
                return;
            }
            if (channel == null) {
                return;
            }
            Guest guest = welcome();
            Endpoint line = Endpoint.accepted(reactor, channel, guest);
            guest.line = line;
            guests.add(guest);
            open.incrementAndGet();
            line.stall(stalling);
            guest.onConnected();
        }
    }

    private void waitForDescriptors(@Nullable SelectionKey ofListener) {
        if (ofListener != null) {
            ofListener.interestOps(0);
            reactor.after(NO_DESCRIPTOR_MILLIS, () -> {
                if (ofListener.isValid()) {
                    ofListener.interestOps(SelectionKey.OP_ACCEPT);
                }
            });
        }
    }

    private void forget(Guest guest) {
        if (guests.remove(guest)) {
            open.decrementAndGet();
        }
    }
}
