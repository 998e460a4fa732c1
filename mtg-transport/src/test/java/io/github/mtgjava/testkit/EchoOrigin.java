package io.github.mtgjava.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A raw TCP server that sends back whatever it gets, and FIN for FIN; its time-out is a word of the test. For tests that
 * compare what comes back byte by byte. Thread-safe.
 */
public final class EchoOrigin implements AutoCloseable {
    private final LoopbackServer server;
    private final Set<Socket> visitors = new HashSet<>();

    private EchoOrigin() throws IOException {
        server = LoopbackServer.start("echo-origin", LoopbackServer.ipv4(), this::serve);
    }

    /** Starts on an ephemeral port of 127.0.0.1. */
    public static EchoOrigin start() throws IOException {
        return new EchoOrigin();
    }

    /** Returns the address to connect to. */
    public InetSocketAddress address() {
        return server.address();
    }

    /**
     * Ends its side of the one connection that is open, as a server does that has waited for long enough; returns whether
     * there was one within 20 seconds.
     */
    public boolean giveUp() {
        boolean one = server.monitor().await(() -> visitors.size() == 1, Monitor.LIMIT);
        for (Socket visitor : server.monitor().read(() -> List.copyOf(visitors))) {
            try {
                visitor.shutdownOutput();
            } catch (IOException gone) {
                // The visitor was quicker.
            }
        }
        return one;
    }

    /** Closes the listener and all connections; what went wrong apart from disconnects is an {@link AssertionError}. */
    @Override
    public void close() {
        server.close();
    }

    private void serve(Socket socket) throws IOException {
        // Only giveUp() and close() end the wait for a silent visitor.
        socket.setSoTimeout(0);
        server.monitor().change(() -> visitors.add(socket));
        try {
            socket.getInputStream().transferTo(socket.getOutputStream());
            socket.shutdownOutput();
        } finally {
            server.monitor().change(() -> visitors.remove(socket));
        }
    }
}
