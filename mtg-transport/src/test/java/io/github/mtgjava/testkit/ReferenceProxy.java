package io.github.mtgjava.testkit;

import io.github.mtgjava.testkit.FakeClient.Mode;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.Random;

/**
 * The plainest proxy that works: two blocking threads per client, no limits, no hiding. It exists to prove that the
 * fakes understand each other, and to tell a fault of theirs from a fault of the product.
 */
public final class ReferenceProxy implements AutoCloseable {
    private static final int HELLO_SUITES_OFFSET = 76;
    private static final int APPLICATION_DATA_LENGTH = 3000;

    private final LoopbackServer server;
    private final Mode mode;
    private final byte[] key;
    private final InetSocketAddress telegram;
    private final Random random = new Random();

    private ReferenceProxy(Mode mode, byte[] key, InetSocketAddress telegram) throws IOException {
        this.mode = mode;
        this.key = key;
        this.telegram = telegram;
        this.server = LoopbackServer.start("proxy", LoopbackServer.ipv4(), this::serve);
    }

    /** Starts on an ephemeral port of 127.0.0.1, in front of one DC. */
    public static ReferenceProxy start(Mode mode, byte[] key, InetSocketAddress telegram) throws IOException {
        return new ReferenceProxy(mode, key, telegram);
    }

    /** Returns the address to connect to. */
    public InetSocketAddress address() {
        return server.address();
    }

    /** Closes the listener and all connections; what went wrong apart from disconnects is an {@link AssertionError}. */
    @Override
    public void close() {
        server.close();
    }

    private void serve(Socket client) throws IOException {
        InputStream in = new BufferedInputStream(client.getInputStream());
        OutputStream out = client.getOutputStream();
        if (mode == Mode.TLS) {
            out.write(flight(readHello(in)));
            in = RecordInputStream.fromClient(in);
            out = new RecordOutputStream(out, RecordOutputStream.MAX_FROM_SERVER, new byte[0]);
        }
        byte[] frame = in.readNBytes(Obfuscated2Cipher.FRAME_LENGTH);
        if (frame.length < Obfuscated2Cipher.FRAME_LENGTH) {
            return;
        }
        Obfuscated2Cipher near = new Obfuscated2Cipher(frame, key);
        if (!near.hasValidTag()) {
            throw new AssertionError("the client's frame does not open with the key");
        }
        try (Socket dc = new Socket(telegram.getAddress(), telegram.getPort())) {
            dc.setTcpNoDelay(true);
            byte[] farFrame = Obfuscated2Cipher.frame(random, near.tag(), near.dc(), Obfuscated2Cipher.NO_SECRET, true);
            Obfuscated2Cipher far = new Obfuscated2Cipher(farFrame, Obfuscated2Cipher.NO_SECRET);
            dc.getOutputStream().write(farFrame);
            InputStream fromClient = new DecryptingStream(in, near.uplink());
            OutputStream toDc = new EncryptingStream(dc.getOutputStream(), far.uplink());
            Thread uplink = server.fork("proxy-uplink", () -> pump(fromClient, client, toDc, dc));
            InputStream fromDc = new DecryptingStream(dc.getInputStream(), far.downlink());
            pump(fromDc, dc, new EncryptingStream(out, near.downlink()), client);
            uplink.join();
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts the threads of a fake", e);
        }
    }

    /** Copies until the end of the stream and passes that on as a FIN; a broken side breaks the other one. */
    private static void pump(InputStream in, Socket from, OutputStream out, Socket to) throws IOException {
        try {
            byte[] chunk = new byte[32 * 1024];
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                out.write(chunk, 0, n);
            }
            to.shutdownOutput();
        } catch (IOException e) {
            abort(from);
            abort(to);
            throw e;
        }
    }

    private static void abort(Socket socket) throws IOException {
        if (!socket.isClosed()) {
            socket.setSoLinger(true, 0);
            socket.close();
        }
    }

    /** Reads a hello in any number of records, checks its digest, and returns it as one record. */
    private byte[] readHello(InputStream in) throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        int wanted = 4;
        while (message.size() < wanted) {
            byte[] header = in.readNBytes(5);
            message.writeBytes(in.readNBytes(number(header, 3, 2)));
            if (message.size() >= 4) {
                wanted = 4 + number(message.toByteArray(), 1, 3);
            }
        }
        byte[] hello = TlsWriter.write(out -> out.hex("160301").vector(record -> record.bytes(message.toByteArray())));
        byte[] zeroed = hello.clone();
        Arrays.fill(zeroed, 11, 43, (byte) 0);
        byte[] digest = ClientHello.hmac(key, zeroed);
        if (!Arrays.equals(hello, 11, 39, digest, 0, 28)) {
            throw new AssertionError("the hello's digest is wrong");
        }
        return hello;
    }

    private byte[] flight(byte[] hello) {
        byte[] sessionId = Arrays.copyOfRange(hello, 44, 76);
        // A list of suites that starts with GREASE, so the second is the client's favourite.
        int suite = number(hello, HELLO_SUITES_OFFSET + 4, 2);
        boolean modern = hello.length > 1500;
        int group = modern ? ClientHelloMaker.X25519_MLKEM768 : ClientHelloMaker.X25519;
        byte[] body = TlsWriter.write(out -> out.u16(0x0303)
                .bytes(new byte[ClientHello.RANDOM_LENGTH])
                .u8(sessionId.length)
                .bytes(sessionId)
                .u16(suite)
                .u8(0)
                .vector(extensions -> extensions
                        .extension(0x33, share -> share.u16(group).vector(k -> k.random(random, modern ? 1120 : 32)))
                        .extension(0x2b, version -> version.u16(0x0304))));
        byte[] flight = TlsWriter.write(out -> out.hex("160303")
                .vector(message -> message.u8(2).u24(body.length).bytes(body))
                .hex("140303000101170303")
                .vector(data -> data.random(random, APPLICATION_DATA_LENGTH)));
        byte[] digest = ClientHello.hmac(key, Arrays.copyOfRange(hello, 11, 43), flight);
        System.arraycopy(digest, 0, flight, ClientHello.RANDOM_OFFSET, digest.length);
        return flight;
    }

    private static int number(byte[] bytes, int offset, int length) {
        int number = 0;
        for (int i = 0; i < length; i++) {
            number = number << 8 | bytes[offset + i] & 0xff;
        }
        return number;
    }
}
