package io.github.mtgjava.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A Telegram client behind a proxy, connected and past its handshake; made by {@link ClientOptions#connect()}.
 *
 * <p>It reads and writes the decrypted stream between client and DC. Every read is limited to 20 seconds. What a
 * genuine client would not accept from the proxy is an {@link AssertionError}, a lost connection an {@link IOException}.
 * One thread may read while another one writes; the conveniences at the end talk to a {@link FakeTelegram}, and each
 * connection carries one of them, except that {@link #echo} and {@link #reqPq} may be repeated.
 */
public final class FakeClient implements AutoCloseable {
    private static final int CHUNK = 16 * 1024;
    /** What TDLib adds at most to a packet of the padded transport. */
    private static final int MAX_PADDING = 15;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final PacketFraming framing;
    private final Random random;
    private boolean echoing;

    /** The kind of secret a client was given. */
    public enum Mode {
        /** 16 bytes: obfuscated2, any tag. */
        SIMPLE,
        /** {@code dd} and 16 bytes: obfuscated2, padded intermediate only. */
        SECURED,
        /** {@code ee}, 16 bytes and a host: obfuscated2 inside FakeTLS. */
        TLS
    }

    private FakeClient(ClientOptions options, long seed, Socket socket) throws IOException {
        ClientHandshake handshake = ClientHandshake.perform(socket, options, seed);
        this.socket = socket;
        this.in = handshake.in();
        this.out = handshake.out();
        this.framing = new PacketFraming(options.tag());
        this.random = new Random(seed);
    }

    static FakeClient connect(ClientOptions options) throws IOException {
        Socket socket = options.openSocket();
        try {
            socket.getOutputStream().write(options.preamble());
            return new FakeClient(options, options.drawSeed(), socket);
        } catch (IOException | RuntimeException | Error e) {
            socket.close();
            throw e;
        }
    }

    /** Encrypts and sends. */
    public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
    }

    /** Encrypts and sends. */
    public void write(byte[] bytes) throws IOException {
        write(bytes, 0, bytes.length);
    }

    /** Reads what is there, at least one byte; returns -1 at the end of the stream. */
    public int read(byte[] bytes, int offset, int length) throws IOException {
        return in.read(bytes, offset, length);
    }

    /** Reads exactly {@code length} bytes; the end of the stream before that is an {@link EOFException}. */
    public byte[] readFully(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the stream ended after " + bytes.length + " of " + length + " bytes");
        }
        return bytes;
    }

    /** Waits for the end of the stream; any byte before it is an {@link AssertionError}. */
    public void readEnd() throws IOException {
        if (in.read() >= 0) {
            throw new AssertionError("a byte where the stream should end");
        }
    }

    /** Sends a FIN; reading goes on. */
    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Ends the connection with a RST. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Returns the socket, for tests that change its options or look beneath the encryption. */
    public Socket socket() {
        return socket;
    }

    /** Closes the socket. Idempotent. */
    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Gives the DC its command. */
    public void send(Command command) throws IOException {
        write(command.encode());
    }

    /** Sends {@code bytes} and returns as many as come back; in small pieces, so nothing can block for being full. */
    public byte[] echo(byte[] bytes) throws IOException {
        if (!echoing) {
            send(Command.echo());
            echoing = true;
        }
        byte[] echoed = new byte[bytes.length];
        for (int at = 0; at < bytes.length; at += CHUNK) {
            int length = Math.min(CHUNK, bytes.length - at);
            write(bytes, at, length);
            System.arraycopy(readFully(length), 0, echoed, at, length);
        }
        return echoed;
    }

    /** Lets the DC send {@code bytes} bytes of the pattern of {@code seed} and verifies them. */
    public void download(long bytes, long seed) throws IOException {
        send(Command.source(bytes, seed));
        receive(bytes, seed);
    }

    /** Like {@link #download}, but the DC closes behind the last byte; verifies the end of the stream too. */
    public void downloadToEnd(long bytes, long seed) throws IOException {
        send(Command.sourceAndFinish(bytes, seed));
        receive(bytes, seed);
        readEnd();
    }

    /** Sends {@code bytes} bytes of the pattern of {@code seed}; the DC verifies them. */
    public void upload(long bytes, long seed) throws IOException {
        send(Command.sink(bytes, seed));
        transmit(bytes, seed);
        readVerdict();
    }

    /** Uploads the pattern of {@code seed} and downloads that of {@code seed + 1} at the same time. */
    public void both(long upBytes, long downBytes, long seed) throws IOException {
        send(Command.both(upBytes, seed, downBytes));
        FutureTask<Boolean> upload = new FutureTask<>(() -> {
            transmit(upBytes, seed);
            return true;
        });
        Thread writer = new Thread(upload, "client-upload");
        writer.setDaemon(true);
        writer.start();
        receive(downBytes, seed + 1);
        readVerdict();
        try {
            upload.get(Monitor.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("the upload failed", e);
        }
    }

    /** Asks an MTProto server for its {@code resPQ} and verifies it. */
    public void reqPq() throws IOException {
        byte[] nonce = new byte[PqExchange.NONCE_LENGTH];
        random.nextBytes(nonce);
        write(framing.wrap(PqExchange.request(nonce, random), MAX_PADDING, random));
        byte[] answer = framing.read(in).orElseThrow(() -> new EOFException("the stream ended before a resPQ"));
        PqExchange.verify(answer, nonce);
    }

    /** Sends {@code bytes} bytes of the pattern of {@code seed} without any command. */
    public void transmit(long bytes, long seed) throws IOException {
        new PatternStream(seed).writeTo(out, bytes);
    }

    /** Reads {@code bytes} bytes, which must be the pattern of {@code seed}. */
    public void receive(long bytes, long seed) throws IOException {
        long wrong = new PatternStream(seed).verifyFrom(in, bytes);
        if (wrong >= 0) {
            throw new AssertionError("byte " + wrong + " of the download is wrong");
        }
    }

    private void readVerdict() throws IOException {
        byte verdict = readFully(1)[0];
        if (verdict != 'k') {
            throw new AssertionError("the DC did not receive what was sent: " + (char) verdict);
        }
    }
}
