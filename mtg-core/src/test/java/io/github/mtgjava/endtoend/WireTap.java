package io.github.mtgjava.endtoend;

import io.github.mtgjava.testkit.Passage;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicLong;

/** Stands between clients and a proxy, passes everything on, and counts what the clients' sockets sent and received. */
final class WireTap implements AutoCloseable {

    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final Passage passage;

    private WireTap(InetSocketAddress proxy) throws IOException {
        passage = Passage.tapped(proxy, () -> new Passage.Tap(counting(sent), counting(received)));
    }

    static WireTap before(InetSocketAddress proxy) throws IOException {
        return new WireTap(proxy);
    }

    InetSocketAddress address() {
        return passage.address();
    }

    /** Bytes that came from clients. */
    long sent() {
        return sent.get();
    }

    /** Bytes for clients. */
    long received() {
        return received.get();
    }

    private static OutputStream counting(AtomicLong counter) {
        return new OutputStream() {
            @Override
            public void write(int single) {
                counter.incrementAndGet();
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                counter.addAndGet(length);
            }
        };
    }

    @Override
    public void close() {
        passage.close();
    }
}
