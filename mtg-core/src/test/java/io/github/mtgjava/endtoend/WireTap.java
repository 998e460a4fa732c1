package io.github.mtgjava.endtoend;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Stands between clients and a proxy, passes everything on, and counts what the clients' sockets sent and received. */
final class WireTap implements AutoCloseable {

    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    private final InetSocketAddress proxy;
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong received = new AtomicLong();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    private WireTap(InetSocketAddress proxy) throws IOException {
        this.proxy = proxy;
    }

    static WireTap before(InetSocketAddress proxy) throws IOException {
        WireTap tap = new WireTap(proxy);
        fork(tap::accept);
        return tap;
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    /** Bytes that came from clients. */
    long sent() {
        return sent.get();
    }

    /** Bytes for clients. */
    long received() {
        return received.get();
    }

    private interface Body {
        void run() throws IOException;
    }

    private static void fork(Body body) {
        Thread thread = new Thread(
                () -> {
                    try {
                        body.run();
                    } catch (IOException ended) {
                        // By close(), or by a side that broke: the test sees that at its own end.
                    }
                },
                "wire-tap");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() throws IOException {
        while (true) {
            Socket client = listener.accept();
            Socket server = new Socket(proxy.getAddress(), proxy.getPort());
            sockets.addAll(List.of(client, server));
            fork(() -> pass(client, server, sent));
            fork(() -> pass(server, client, received));
        }
    }

    private static void pass(Socket from, Socket to, AtomicLong counter) throws IOException {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        byte[] chunk = new byte[16 * 1024];
        for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
            counter.addAndGet(length);
            out.write(chunk, 0, length);
        }
        to.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
