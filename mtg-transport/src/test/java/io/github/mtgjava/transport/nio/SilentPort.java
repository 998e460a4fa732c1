package io.github.mtgjava.transport.nio;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * An address on 127.0.0.1 that neither answers nor refuses: its queue of connections is full, so the kernel drops what
 * comes. Where a kernel does otherwise, the test that asks for one is skipped.
 */
final class SilentPort implements AutoCloseable {
    private static final int MOST_THAT_A_SHORT_QUEUE_TAKES = 64;
    private static final int CLEARLY_UNANSWERED_MILLIS = 300;

    private final ServerSocketChannel listener = ServerSocketChannel.open();
    private final List<SocketChannel> queued = new ArrayList<>();

    SilentPort() throws IOException {
        listener.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 1);
        while (answers()) {
            if (queued.size() > MOST_THAT_A_SHORT_QUEUE_TAKES) {
                close();
                abort("this kernel answers although the queue is full");
            }
        }
    }

    InetSocketAddress address() throws IOException {
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
    void answer() throws IOException {
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
