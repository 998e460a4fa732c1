package io.github.mtgjava.testkit;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A raw TCP server that records what each connection brings and how it ends, and says only what the test tells it to.
 * For tests that need to know exactly what a proxy relays. Thread-safe.
 */
public final class RecordingOrigin implements AutoCloseable {
    private final LoopbackServer server;
    private final List<Visit> visits = new ArrayList<>();
    private boolean closing;

    private RecordingOrigin() throws IOException {
        server = LoopbackServer.start("recording-origin", LoopbackServer.ipv4(), this::serve);
    }

    /** Starts on an ephemeral port of 127.0.0.1. */
    public static RecordingOrigin start() throws IOException {
        return new RecordingOrigin();
    }

    /** Returns the address to connect to. */
    public InetSocketAddress address() {
        return server.address();
    }

    /** Returns how many connections came so far. */
    public int accepted() {
        return server.accepted();
    }

    /** Waits for the connection number {@code index}, from 0; none within 20 seconds is an {@link AssertionError}. */
    public Visit awaitVisit(int index) {
        if (!server.monitor().await(() -> visits.size() > index, Monitor.LIMIT)) {
            throw new AssertionError("no visit number " + index);
        }
        return server.monitor().read(() -> visits.get(index));
    }

    /** Closes the listener and all connections; what went wrong apart from disconnects is an {@link AssertionError}. */
    @Override
    public void close() {
        server.monitor().change(() -> closing = true);
        server.close();
    }

    private void serve(Socket socket) throws IOException {
        Visit visit = new Visit(socket, server.monitor());
        server.monitor().change(() -> visits.add(visit));
        visit.record();
        // The connection stays half open until the test or close() decides otherwise.
        server.monitor().await(() -> closing || visit.abandoned(), Duration.ofDays(1));
    }
}
