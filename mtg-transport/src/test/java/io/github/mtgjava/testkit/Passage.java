package io.github.mtgjava.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Supplier;

/** Leads its visitors on to a server, which may be exchanged for another, and may be overheard. Thread-safe. */
public final class Passage implements AutoCloseable {

    private static final int CHUNK = 16 * 1024;
    private static final byte[] LOCAL_HEADER = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a" + "20000000");

    private final LoopbackServer server;
    private final byte[] password;
    private final Supplier<Tap> taps;
    private volatile InetSocketAddress target;

    /**
     * Where copies go of what passes, before it does. Each stream has a thread of its own.
     *
     * @param said what the visitor said
     * @param told what the visitor was told
     */
    public record Tap(OutputStream said, OutputStream told) {}

    private Passage(InetSocketAddress target, byte[] password, Supplier<Tap> taps) throws IOException {
        this.target = target;
        this.password = password;
        this.taps = taps;
        this.server = LoopbackServer.start("passage", LoopbackServer.ipv4(), this::serve);
    }

    /** Starts on an ephemeral port of 127.0.0.1. */
    public static Passage to(InetSocketAddress target) throws IOException {
        return tapped(target, Passage::deaf);
    }

    /** The same, overheard: each visitor has a tap. */
    public static Passage tapped(InetSocketAddress target, Supplier<Tap> taps) throws IOException {
        return new Passage(target, new byte[0], taps);
    }

    /**
     * The same for those only who begin with the header of the PROXY protocol, version 2, of somebody who speaks for himself.
     * It hangs up on others.
     */
    public static Passage behindProxyHeader(InetSocketAddress target) throws IOException {
        return new Passage(target, LOCAL_HEADER, Passage::deaf);
    }

    private static Tap deaf() {
        return new Tap(OutputStream.nullOutputStream(), OutputStream.nullOutputStream());
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
        Tap tap = taps.get();
        try (Socket behind = server.connect(target)) {
            Thread back = server.fork("passage-back", () -> pass(behind, visitor, tap.told()));
            pass(visitor, behind, tap.said());
            // Whoever has said all may have more to hear.
            back.join();
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts the threads of a fake", e);
        }
    }

    private static void pass(Socket from, Socket to, OutputStream tap) throws IOException {
        byte[] chunk = new byte[CHUNK];
        try {
            InputStream in = from.getInputStream();
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                tap.write(chunk, 0, length);
                to.getOutputStream().write(chunk, 0, length);
            }
            to.shutdownOutput();
        } catch (SocketException gone) {
            // One of the two hung up, which is nobody's fault here, and ends it for the other one.
            from.close();
            to.close();
        }
    }

    /** Closes the listener and all connections. */
    @Override
    public void close() {
        server.close();
    }
}
