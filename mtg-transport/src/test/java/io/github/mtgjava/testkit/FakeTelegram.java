package io.github.mtgjava.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A Telegram DC as a proxy meets it in direct mode: obfuscated2 without a secret, on a real socket.
 *
 * <p>A connection that sends a frame no proxy may send (unknown tag, forbidden beginning) is an error, reported by
 * {@link #assertHealthy()} and {@link #close()}; one that only disconnects is not. Every read is limited to 20 seconds,
 * except where a client may rightly be silent (echo, hold, behind the last byte of a command); closing ends those too.
 * Thread-safe.
 */
public final class FakeTelegram implements AutoCloseable {
    private final LoopbackServer server;
    private final Behaviour behaviour;
    private final List<Frame> frames = new ArrayList<>();
    private boolean heldReleased;

    /** What a fake DC does with the decrypted stream. */
    public enum Behaviour {
        /** Obeys the {@link Command} each connection starts with. */
        COMMANDS,
        /** Reads MTProto packets in the framing of the tag and answers each {@code req_pq_multi} with a {@code resPQ}. */
        MTPROTO
    }

    /**
     * The obfuscated2 frame of one connection.
     *
     * @param tag one of the four equal bytes of the protocol tag: {@code ef}, {@code ee} or {@code dd}
     * @param signedDc the DC index as written, negative for media
     * @param wire the 64 bytes as received
     */
    public record Frame(byte tag, int signedDc, byte[] wire) {}

    private FakeTelegram(InetAddress host, Behaviour behaviour) throws IOException {
        this.behaviour = behaviour;
        this.server = LoopbackServer.start("telegram", host, this::serve);
    }

    /** Starts a DC that obeys commands, on an ephemeral port of 127.0.0.1. */
    public static FakeTelegram start() throws IOException {
        return start(Behaviour.COMMANDS);
    }

    /** Starts a DC on an ephemeral port of 127.0.0.1. */
    public static FakeTelegram start(Behaviour behaviour) throws IOException {
        return start(LoopbackServer.ipv4(), behaviour);
    }

    /** Starts a DC that obeys commands, on an ephemeral port of {@code host}, which is a loopback address. */
    public static FakeTelegram start(InetAddress host) throws IOException {
        return start(host, Behaviour.COMMANDS);
    }

    /** Starts a DC on an ephemeral port of {@code host}, which is a loopback address. */
    public static FakeTelegram start(InetAddress host, Behaviour behaviour) throws IOException {
        return new FakeTelegram(host, behaviour);
    }

    /** Returns the address proxies should dial. */
    public InetSocketAddress address() {
        return server.address();
    }

    /** Returns how many connections are open now. */
    public int open() {
        return server.open();
    }

    /** Returns how many connections were accepted so far. */
    public int accepted() {
        return server.accepted();
    }

    /** Returns the frames received so far, in order of arrival. */
    public List<Frame> frames() {
        return server.monitor().read(() -> List.copyOf(frames));
    }

    /** Waits until exactly {@code count} connections are open; returns false if {@code limit} passes first. */
    public boolean awaitOpen(int count, Duration limit) {
        return server.awaitOpen(count, limit);
    }

    /** Waits until at least {@code count} connections were accepted; returns false if {@code limit} passes first. */
    public boolean awaitAccepted(int count, Duration limit) {
        return server.awaitAccepted(count, limit);
    }

    /** Waits until at least {@code count} frames were received; returns false if {@code limit} passes first. */
    public boolean awaitFrames(int count, Duration limit) {
        return server.monitor().await(() -> frames.size() >= count, limit);
    }

    /** Lets all connections held by {@link Command#hold()}, present and future, read on and discard. */
    public void releaseHeld() {
        server.monitor().change(() -> heldReleased = true);
    }

    /** Throws an {@link AssertionError} if anything but disconnects went wrong on a connection so far. */
    public void assertHealthy() {
        server.assertHealthy();
    }

    /** Closes the listener and all connections, then {@linkplain #assertHealthy() reports}. Idempotent. */
    @Override
    public void close() {
        releaseHeld();
        server.close();
    }

    private void serve(Socket socket) throws IOException {
        byte[] wire = socket.getInputStream().readNBytes(Obfuscated2Cipher.FRAME_LENGTH);
        if (wire.length < Obfuscated2Cipher.FRAME_LENGTH) {
            return;
        }
        Obfuscated2Cipher cipher = new Obfuscated2Cipher(wire, Obfuscated2Cipher.NO_SECRET);
        if (!cipher.hasValidTag() || Obfuscated2Cipher.hasForbiddenBeginning(wire)) {
            throw new AssertionError("a frame that Telegram would not understand");
        }
        server.monitor().change(() -> frames.add(new Frame(cipher.tag(), cipher.dc(), wire)));
        InputStream in = new DecryptingStream(socket.getInputStream(), cipher.uplink());
        OutputStream out = new EncryptingStream(socket.getOutputStream(), cipher.downlink());
        if (behaviour == Behaviour.MTPROTO) {
            answerPackets(new PacketFraming(cipher.tag()), in, out);
        } else {
            new CommandSession(server, socket, in, out, this::awaitRelease).run();
        }
    }

    private static void answerPackets(PacketFraming framing, InputStream in, OutputStream out) throws IOException {
        Random random = new Random();
        for (Optional<byte[]> request = framing.read(in); request.isPresent(); request = framing.read(in)) {
            out.write(framing.wrap(PqExchange.answer(request.get(), random), 3, random));
        }
    }

    private void awaitRelease() {
        server.monitor().await(() -> heldReleased, Duration.ofDays(1));
    }
}
