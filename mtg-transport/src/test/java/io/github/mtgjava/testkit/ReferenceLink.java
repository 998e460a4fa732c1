package io.github.mtgjava.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import javax.crypto.Cipher;

/**
 * The plainest link to a middle proxy that works, by one blocking thread. It exists to prove a {@link FakeMiddleProxy}, and to
 * tell a fault of its from a fault of the product.
 */
final class ReferenceLink implements AutoCloseable {
    static final int ANSWER = 0x4403da0d;
    static final int SIMPLE_ACK = 0x3bac409b;
    static final int CLOSE_EXT = 0x5eb634a2;
    static final int CLOSE_CONN = 0x1fcf425d;
    static final int PING = 0x5730a2df;
    static final int PONG = 0x8430eaa7;
    static final int INTERMEDIATE = 0x20021008;

    private static final int NONCE = 0x7acb87aa;
    private static final int HANDSHAKE = 0x7682eef5;

    private final Socket socket = new Socket();
    private final byte[] secret;
    private final InetAddress publicAddress;
    private final PushbackInputStream in;
    private final MiddleFrames frames;
    private final Random random = new Random(7);

    private ReferenceLink(FakeMiddleProxy middle, Optional<InetAddress> publicAddress) throws IOException {
        this.secret = middle.secret();
        socket.setSoTimeout((int) Monitor.LIMIT.toMillis());
        socket.setTcpNoDelay(true);
        socket.connect(middle.address());
        this.publicAddress = publicAddress.orElse(socket.getLocalAddress());
        this.in = new PushbackInputStream(socket.getInputStream(), 4);
        this.frames = new MiddleFrames(in, socket.getOutputStream());
    }

    /** Connects and says nothing yet. */
    static ReferenceLink connect(FakeMiddleProxy middle) throws IOException {
        return new ReferenceLink(middle, Optional.empty());
    }

    /** Opens a link; an {@link IOException} says why there is none. */
    static ReferenceLink open(FakeMiddleProxy middle) throws IOException {
        return connect(middle).shakeHands(0);
    }

    /** Opens a link, believing in another address of its own than the socket's. */
    static ReferenceLink openFrom(InetAddress address, FakeMiddleProxy middle) throws IOException {
        return new ReferenceLink(middle, Optional.of(address)).shakeHands(0);
    }

    private ReferenceLink shakeHands(int flags) throws IOException {
        exchangeNonces();
        handshake(flags);
        return this;
    }

    /** The plain part; everything is encrypted behind it. */
    void exchangeNonces() throws IOException {
        byte[] nonce = new byte[16];
        random.nextBytes(nonce);
        int seconds = (int) Instant.now().getEpochSecond();
        frames.writePadded(MiddleFrames.little(new byte[32])
                .putInt(NONCE)
                .put(secret, 0, 4)
                .putInt(1)
                .putInt(seconds)
                .put(nonce)
                .array());
        byte[] answer = read();
        check(answer.length == 32 && MiddleFrames.little(answer).getInt() == NONCE, "no nonce");
        check(Arrays.equals(answer, 4, 8, secret, 0, 4), "another secret");
        MiddleCipher cipher = new MiddleCipher(
                secret,
                nonce,
                Arrays.copyOfRange(answer, 16, 32),
                seconds,
                publicAddress,
                socket.getLocalPort(),
                socket.getInetAddress(),
                socket.getPort());
        frames.encrypt(cipher.cipher("SERVER", Cipher.DECRYPT_MODE), cipher.cipher("CLIENT", Cipher.ENCRYPT_MODE));
    }

    /** The first encrypted frames. */
    void handshake(int flags) throws IOException {
        byte[] pid = new byte[12];
        random.nextBytes(pid);
        frames.write(MiddleFrames.little(new byte[32])
                .putInt(HANDSHAKE)
                .putInt(flags)
                .put(pid)
                .put(pid)
                .array());
        skipPlainPadding();
        byte[] answer = read();
        check(answer.length == 32 && MiddleFrames.little(answer).getInt() == HANDSHAKE, "no handshake");
        check(Arrays.equals(answer, 20, 32, pid, 0, 12), "somebody else's handshake");
    }

    /** The padding of a plain nonce may be there or not. */
    private void skipPlainPadding() throws IOException {
        byte[] word = in.readNBytes(4);
        if (word.length == 4 && MiddleFrames.little(word).getInt() != 4) {
            in.unread(word);
        }
    }

    private static void check(boolean condition, String otherwise) throws IOException {
        if (!condition) {
            throw new IOException(otherwise);
        }
    }

    MiddleFrames frames() {
        return frames;
    }

    /** Wraps a client's message; {@code flags} without what depends on the message. */
    static byte[] request(long id, int flags, byte[] message) {
        boolean unencrypted = MiddleFrames.little(message).getLong(0) == 0;
        ByteBuffer out = MiddleFrames.little(new byte[84 + message.length]);
        out.putInt(MiddleRequest.TAG).putInt(unencrypted ? flags | MiddleRequest.NOT_ENCRYPTED : flags);
        out.putLong(id);
        address(out, 50_000);
        address(out, 443);
        return out.putInt(24)
                .putInt(0xdb1e26ae)
                .put((byte) 16)
                .put(PatternStream.bytes(3, 16))
                .put(new byte[3])
                .put(message)
                .array();
    }

    private static void address(ByteBuffer out, int port) {
        out.putLong(0).putShort((short) 0).putShort((short) -1).put(new byte[] {127, 0, 0, 1});
        out.putInt(port);
    }

    /** A payload that has an id and no more. */
    static byte[] withId(int tag, long id) {
        return MiddleFrames.little(new byte[12]).putInt(tag).putLong(id).array();
    }

    void send(long id, MiddleCommand command) throws IOException {
        frames.write(request(id, INTERMEDIATE, command.encode()));
    }

    /** The next payload; its end is an {@link EOFException}. */
    byte[] read() throws IOException {
        return frames.read().orElseThrow(() -> new EOFException("the middle proxy has closed"));
    }

    /** The data of the next answer, which is for that client. */
    byte[] receive(long id) throws IOException {
        byte[] payload = read();
        ByteBuffer in = MiddleFrames.little(payload);
        check(payload.length >= 16 && in.getInt() == ANSWER && in.getLong(8) == id, "no answer for " + id);
        return Arrays.copyOfRange(payload, 16, payload.length);
    }

    /** Says no more; whatever is on its way can still be read. */
    void finish() throws IOException {
        socket.shutdownOutput();
    }

    /** Whether the stream ends without another byte. */
    boolean ends() throws IOException {
        return in.read() < 0;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
