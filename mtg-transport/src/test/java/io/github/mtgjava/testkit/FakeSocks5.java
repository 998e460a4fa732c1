package io.github.mtgjava.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A SOCKS5 server on a real socket that really connects, and can be made to misbehave at every step. What a client must not
 * send is an error, reported by {@link #assertHealthy()} and {@link #close()}; a disconnect never is. Thread-safe.
 */
public final class FakeSocks5 implements AutoCloseable {
    private static final int NONE_ACCEPTABLE = 0xff;

    private final LoopbackServer server;
    private final List<Request> requests = new ArrayList<>();
    private final Map<InetSocketAddress, Integer> refused = new HashMap<>();
    private Behaviour behaviour = Behaviour.NORMAL;
    private int reply;
    private Optional<Login> login = Optional.empty();
    private Optional<byte[]> saidAddress = Optional.empty();
    private OptionalInt saidPort = OptionalInt.empty();

    /** How clients are treated. */
    public enum Behaviour {
        /** As the RFC says. */
        NORMAL,
        /** The same, a byte at a time. */
        ONE_BYTE_SEGMENTS,
        /** Accepts and closes. */
        CLOSES_AT_ONCE,
        /** Closes when it should choose how to log in. */
        CLOSES_AFTER_METHODS,
        /** Closes when it should judge the login; without a login, when it should answer the request. */
        CLOSES_AFTER_LOGIN,
        /** Closes when it should answer the request. */
        CLOSES_AFTER_REQUEST,
        /** Closes in the middle of its reply. */
        CLOSES_IN_REPLY,
        /** Resets whoever comes. */
        RESETS_AT_ONCE,
        /** Resets when it should answer the request. */
        RESETS_AFTER_REQUEST,
        /** Never says a word. */
        SILENT,
        /** Never answers the request. */
        SILENT_AFTER_REQUEST,
        /** Takes no way to log in. */
        NO_ACCEPTABLE_METHOD,
        /** Chooses a way to log in that nobody offered. */
        STRANGE_METHOD,
        /** Answers as a web server does. */
        GARBAGE,
        /** Says in its reply that its address is of a kind that does not exist. */
        STRANGE_ADDRESS_TYPE
    }

    /**
     * What a client asked for.
     *
     * @param target where it wants to be connected to
     * @param loggedIn whether it had to log in
     */
    public record Request(InetSocketAddress target, boolean loggedIn) {}

    private record Login(String user, String password) {}

    private FakeSocks5(InetAddress host) throws IOException {
        server = LoopbackServer.start("socks5", host, this::serve);
    }

    /** Starts one on an ephemeral port of 127.0.0.1. */
    public static FakeSocks5 start() throws IOException {
        return start(LoopbackServer.ipv4());
    }

    /** Starts one on an ephemeral port of {@code host}, which is a loopback address. */
    public static FakeSocks5 start(InetAddress host) throws IOException {
        return new FakeSocks5(host);
    }

    /** Returns where it listens. */
    public InetSocketAddress address() {
        return server.address();
    }

    /** Treats clients like that from now on. */
    public void behave(Behaviour value) {
        server.monitor().change(() -> behaviour = value);
    }

    /** Wants this login from everybody. */
    public void requireLogin(String user, String password) {
        server.monitor().change(() -> login = Optional.of(new Login(user, password)));
    }

    /** Answers every request with this code; 0 connects. */
    public void replyWith(int code) {
        server.monitor().change(() -> reply = code);
    }

    /** Answers requests for this target with a code. */
    public void refuse(InetSocketAddress target, int code) {
        server.monitor().change(() -> refused.put(target, code));
    }

    /** Says this type and address, as they go over the wire, in place of those that it connects from. */
    public void sayAddress(byte[] typeAndAddress) {
        server.monitor().change(() -> saidAddress = Optional.of(typeAndAddress.clone()));
    }

    /** Says this port in place of the one that it connects from. */
    public void sayPort(int port) {
        server.monitor().change(() -> saidPort = OptionalInt.of(port));
    }

    /** Returns what was asked for so far, in order of arrival. */
    public List<Request> requests() {
        return server.monitor().read(() -> List.copyOf(requests));
    }

    /** Returns how many connections were accepted so far. */
    public int accepted() {
        return server.accepted();
    }

    /** Waits until at least {@code count} connections were accepted; returns false if {@code limit} passes first. */
    public boolean awaitAccepted(int count, Duration limit) {
        return server.awaitAccepted(count, limit);
    }

    /** Waits until at least {@code count} requests came; returns false if {@code limit} passes first. */
    public boolean awaitRequests(int count, Duration limit) {
        return server.monitor().await(() -> requests.size() >= count, limit);
    }

    /** Throws an {@link AssertionError} if a client sent anything that it must not. */
    public void assertHealthy() {
        server.assertHealthy();
    }

    /** Closes the listener and all connections, then {@linkplain #assertHealthy() reports}. Idempotent. */
    @Override
    public void close() {
        server.close();
    }

    private void serve(Socket socket) throws IOException {
        Behaviour how = server.monitor().read(() -> behaviour);
        socket.setSoTimeout(0);
        DataInputStream in = new DataInputStream(socket.getInputStream());
        OutputStream out = socket.getOutputStream();
        if (how == Behaviour.RESETS_AT_ONCE || how == Behaviour.RESETS_AFTER_REQUEST) {
            // Closing does it then.
            socket.setSoLinger(true, 0);
        }
        if (how == Behaviour.CLOSES_AT_ONCE || how == Behaviour.RESETS_AT_ONCE) {
            return;
        }
        if (how == Behaviour.SILENT) {
            drain(in);
            return;
        }
        Optional<Login> wanted = server.monitor().read(() -> login);
        if (!agree(how, wanted, in, out)) {
            return;
        }
        InetSocketAddress target = readRequest(in);
        server.monitor().change(() -> requests.add(new Request(target, wanted.isPresent())));
        if (how == Behaviour.CLOSES_AFTER_REQUEST
                || how == Behaviour.CLOSES_AFTER_LOGIN
                || how == Behaviour.RESETS_AFTER_REQUEST) {
            return;
        }
        if (how == Behaviour.SILENT_AFTER_REQUEST) {
            drain(in);
            return;
        }
        answer(how, target, socket);
    }

    /** Returns whether the client may go on. */
    private static boolean agree(Behaviour how, Optional<Login> wanted, DataInputStream in, OutputStream out)
            throws IOException {
        expect(5, in.readUnsignedByte(), "version");
        String methods = new String(readCounted(in), US_ASCII);
        int choice = wanted.isPresent() ? 2 : 0;
        switch (how) {
            case CLOSES_AFTER_METHODS -> {
                return false;
            }
            case GARBAGE -> {
                send(how, out, "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
                drain(in);
                return false;
            }
            case STRANGE_METHOD -> choice = 1;
            case NO_ACCEPTABLE_METHOD -> choice = NONE_ACCEPTABLE;
            default -> choice = methods.indexOf(choice) < 0 ? NONE_ACCEPTABLE : choice;
        }
        send(how, out, 5, choice);
        if (choice == 1 || choice == NONE_ACCEPTABLE) {
            drain(in);
            return false;
        }
        return wanted.isEmpty() || isLoggedIn(how, wanted.get(), in, out);
    }

    private static boolean isLoggedIn(Behaviour how, Login wanted, DataInputStream in, OutputStream out)
            throws IOException {
        expect(1, in.readUnsignedByte(), "version of the login");
        Login login = new Login(new String(readCounted(in), UTF_8), new String(readCounted(in), UTF_8));
        if (how == Behaviour.CLOSES_AFTER_LOGIN) {
            return false;
        }
        boolean right = login.equals(wanted);
        send(how, out, 1, right ? 0 : 1);
        return right;
    }

    private static InetSocketAddress readRequest(DataInputStream in) throws IOException {
        expect(5, in.readUnsignedByte(), "version");
        expect(1, in.readUnsignedByte(), "command");
        expect(0, in.readUnsignedByte(), "reserved byte");
        int type = in.readUnsignedByte();
        if (type != 1 && type != 4) {
            throw new AssertionError("an address of type " + type);
        }
        InetAddress address = InetAddress.getByAddress(in.readNBytes(type == 1 ? 4 : 16));
        return new InetSocketAddress(address, in.readUnsignedShort());
    }

    private void answer(Behaviour how, InetSocketAddress target, Socket client) throws IOException {
        int code = server.monitor().read(() -> refused.getOrDefault(target, reply));
        if (code != 0) {
            send(how, client.getOutputStream(), 5, code, 0, 1, 0, 0, 0, 0, 0, 0);
            return;
        }
        try (Socket connected = new Socket(target.getAddress(), target.getPort())) {
            connected.setTcpNoDelay(true);
            byte[] success = success(how, (InetSocketAddress) connected.getLocalSocketAddress());
            if (how == Behaviour.CLOSES_IN_REPLY) {
                client.getOutputStream().write(success, 0, success.length - 1);
                return;
            }
            send(how, client.getOutputStream(), success);
            relay(client, connected);
        }
    }

    private byte[] success(Behaviour how, InetSocketAddress local) {
        byte[] ip = local.getAddress().getAddress();
        ByteArrayOutputStream reply = new ByteArrayOutputStream();
        reply.writeBytes(new byte[] {5, 0, 0});
        server.monitor().read(() -> saidAddress).ifPresentOrElse(reply::writeBytes, () -> {
            reply.write(how == Behaviour.STRANGE_ADDRESS_TYPE ? 2 : ip.length == 4 ? 1 : 4);
            reply.writeBytes(ip);
        });
        int port = server.monitor().read(() -> saidPort).orElse(local.getPort());
        reply.write(port >> 8);
        reply.write(port);
        return reply.toByteArray();
    }

    private void relay(Socket client, Socket target) throws IOException {
        Thread down = server.fork("socks5-down", () -> pump(target, client));
        pump(client, target);
        try {
            down.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void pump(Socket from, Socket to) throws IOException {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
            to.shutdownOutput();
        } catch (IOException broken) {
            from.close();
            to.close();
            throw broken;
        }
    }

    private static byte[] readCounted(DataInputStream in) throws IOException {
        byte[] bytes = new byte[in.readUnsignedByte()];
        in.readFully(bytes);
        return bytes;
    }

    private static void send(Behaviour how, OutputStream out, int... values) throws IOException {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        send(how, out, bytes);
    }

    private static void send(Behaviour how, OutputStream out, byte[] bytes) throws IOException {
        if (how != Behaviour.ONE_BYTE_SEGMENTS) {
            out.write(bytes);
            return;
        }
        for (byte next : bytes) {
            out.write(next);
        }
    }

    private static void drain(InputStream in) throws IOException {
        in.transferTo(OutputStream.nullOutputStream());
    }

    private static void expect(int wanted, int found, String what) {
        if (wanted != found) {
            throw new AssertionError(what + ": " + found + " instead of " + wanted);
        }
    }
}
