package io.github.mtgjava.testkit;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * An address on loopback that neither answers nor refuses: its queue of connections is full, so the kernel drops what
 * comes. Where a kernel does otherwise, the test that asks for one is skipped.
 */
public final class SilentPort implements AutoCloseable {
    private static final int MOST_THAT_A_SHORT_QUEUE_TAKES = 64;
    private static final int CLEARLY_UNANSWERED_MILLIS = 300;

    private final ServerSocketChannel listener = ServerSocketChannel.open();
    private final List<SocketChannel> queued = new ArrayList<>();

    /** Fills the queue of an ephemeral port. */
    public SilentPort() throws IOException {
        this(new InetSocketAddress(LoopbackServer.ipv4(), 0));
    }

    /** Fills the queue of a loopback address. */
    public SilentPort(InetSocketAddress address) throws IOException {
        try {
            listener.bind(address, 1);
        } catch (BindException unknown) {
            close();
            abort("this machine has no " + address);
        }
        while (answers()) {
            if (queued.size() > MOST_THAT_A_SHORT_QUEUE_TAKES) {
                close();
                abort("this kernel answers although the queue is full");
            }
        }
    }

    /** Returns the address that is silent. */
    public InetSocketAddress address() throws IOException {
        return (InetSocketAddress) listener.getLocalAddress();
    }

    private boolean answers() throws IOException {
        SocketChannel channel = SocketChannel.open();
        queued.add(channel);
        channel.configureBlocking(false);
        if (channel.connect(address())) {
            return true;
        }
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_CONNECT);
            return selector.select(CLEARLY_UNANSWERED_MILLIS) > 0 && channel.finishConnect();
        }
    }

    /** Empties the queue: whoever still knocks is answered when the kernel next repeats the knock, in a second or so. */
    public void answer() throws IOException {
        listener.configureBlocking(false);
        for (SocketChannel channel = listener.accept(); channel != null; channel = listener.accept()) {
            queued.add(channel);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (SocketChannel channel : queued) {
            channel.close();
        }
    }
}
