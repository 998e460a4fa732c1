package io.github.mtgjava.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.HexFormat;

/** Leads its visitors on to a server, which may be exchanged for another. Thread-safe. */
public final class Passage implements AutoCloseable {

    private static final byte[] LOCAL_HEADER = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a" + "20000000");

    private final LoopbackServer server;
    private final byte[] password;
    private volatile InetSocketAddress target;

    private Passage(InetSocketAddress target, byte[] password) throws IOException {
        this.target = target;
        this.password = password;
        this.server = LoopbackServer.start("passage", LoopbackServer.ipv4(), this::serve);
    }

    /** Starts on an ephemeral port of 127.0.0.1. */
    public static Passage to(InetSocketAddress target) throws IOException {
        return new Passage(target, new byte[0]);
    }

    /**
     * The same for those only who begin with the header of the PROXY protocol, version 2, of somebody who speaks for himself.
     * It hangs up on others.
     */
    public static Passage behindProxyHeader(InetSocketAddress target) throws IOException {
        return new Passage(target, LOCAL_HEADER);
    }

    /** Returns the address to connect to. */
    public InetSocketAddress address() {
        return server.address();
    }

    /** Leads those who come from now on elsewhere. */
    public void leadTo(InetSocketAddress other) {
        target = other;
    }

    private void serve(Socket visitor) throws IOException {
        if (!Arrays.equals(visitor.getInputStream().readNBytes(password.length), password)) {
            return;
        }
        InetSocketAddress there = target;
        try (Socket behind = new Socket(there.getAddress(), there.getPort())) {
            server.fork("passage-back", () -> copy(behind.getInputStream(), visitor));
            copy(visitor.getInputStream(), behind);
        }
    }

    private static void copy(InputStream from, Socket to) throws IOException {
        try {
            from.transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (SocketException gone) {
            // One of the two hung up, which is nobody's fault here.
        }
    }

    /** Closes the listener and all connections. */
    @Override
    public void close() {
        server.close();
    }
}
