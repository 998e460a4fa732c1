package io.github.mtgjava.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Reads the answer to a ClientHello and judges it as strictly as the strictest of Telegram's clients, and beyond: the
 * inner fields must be what a TLS 1.3 server would choose. What is wrong is an {@link AssertionError}.
 */
final class ServerFlight {
    private static final byte[] BEHIND_SERVER_HELLO = HexFormat.of().parseHex("140303000101170303");

    private final InputStream in;
    private final ClientHello hello;
    private final ByteArrayOutputStream flight = new ByteArrayOutputStream();

    private ServerFlight(InputStream in, ClientHello hello) {
        this.in = in;
        this.hello = hello;
    }

    /** Reads exactly the three records of the flight from an unbuffered stream and verifies them with the key. */
    static void verify(InputStream in, ClientHello hello, byte[] key) throws IOException {
        new ServerFlight(in, hello).verify(key);
    }

    private void verify(byte[] key) throws IOException {
        expect(Arrays.equals(take(3), new byte[] {0x16, 3, 3}), "the answer does not begin with 16 03 03");
        byte[] serverHello = take(length());
        byte[] middle = take(BEHIND_SERVER_HELLO.length);
        expect(
                Arrays.equals(middle, BEHIND_SERVER_HELLO),
                "no ChangeCipherSpec and data record behind the ServerHello");
        take(length());
        expect(in.available() == 0, "more bytes behind the flight than one data record");
        verifyDigest(key);
        try {
            verifyServerHello(ByteBuffer.wrap(serverHello));
        } catch (RuntimeException e) {
            throw new AssertionError("the ServerHello is malformed", e);
        }
    }

    private void verifyDigest(byte[] key) {
        byte[] bytes = flight.toByteArray();
        int from = ClientHello.RANDOM_OFFSET;
        int to = from + ClientHello.RANDOM_LENGTH;
        expect(bytes.length >= to, "a ServerHello without a random");
        byte[] random = Arrays.copyOfRange(bytes, from, to);
        Arrays.fill(bytes, from, to, (byte) 0);
        expect(
                Arrays.equals(random, ClientHello.hmac(key, hello.random(), bytes)),
                "the digest of the flight is wrong");
    }

    private void verifyServerHello(ByteBuffer in) {
        int length = in.remaining() - 4;
        expect(in.getInt() == (2 << 24 | length), "not one whole ServerHello in the first record");
        expect(in.getShort() == 0x0303, "the legacy version is not 03 03");
        in.position(in.position() + ClientHello.RANDOM_LENGTH);
        byte[] sessionId = new byte[in.get()];
        in.get(sessionId);
        expect(Arrays.equals(sessionId, hello.sessionId()), "the session id is not echoed");
        int suite = in.getShort() & 0xffff;
        expect(suite >> 8 == 0x13 && hello.suites().contains(suite), "suite %04x of TLS 1.3 was not offered", suite);
        expect(in.get() == 0, "a compression method was chosen");
        expect(in.getShort() == in.remaining(), "the extensions do not fill the ServerHello");
        boolean version = false;
        boolean share = false;
        while (in.hasRemaining()) {
            int type = in.getShort() & 0xffff;
            ByteBuffer body = in.slice(in.position() + 2, in.getShort());
            in.position(in.position() + body.capacity());
            version |= type == 0x2b && verifyVersion(body);
            share |= type == 0x33 && verifyKeyShare(body);
        }
        expect(version, "no supported_versions extension");
        expect(share, "no key_share extension");
    }

    private static boolean verifyVersion(ByteBuffer body) {
        expect(body.remaining() == 2 && body.getShort() == 0x0304, "the version chosen is not TLS 1.3");
        return true;
    }

    private boolean verifyKeyShare(ByteBuffer body) {
        int group = body.getShort() & 0xffff;
        expect(hello.groups().contains(group), "no key share was sent for the chosen group %04x", group);
        int expected = group == ClientHelloMaker.X25519_MLKEM768 ? 1120 : 32;
        int length = body.getShort();
        expect(length == expected && length == body.remaining(), "a key share of %d bytes", length);
        return true;
    }

    private int length() throws IOException {
        byte[] length = take(2);
        return (length[0] & 0xff) << 8 | length[1] & 0xff;
    }

    private byte[] take(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the connection ended inside the server's flight");
        }
        flight.writeBytes(bytes);
        return bytes;
    }

    private static void expect(boolean condition, String otherwise, Object... arguments) {
        if (!condition) {
            throw new AssertionError(String.format(otherwise, arguments));
        }
    }
}
