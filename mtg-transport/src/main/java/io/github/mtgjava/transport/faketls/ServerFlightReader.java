package io.github.mtgjava.transport.faketls;

import io.github.mtgjava.crypto.ConstantTime;
import io.github.mtgjava.crypto.HmacSha256;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Reads the answer to an authenticated ClientHello, however it is chopped, and verifies it as clients do (docs/protocol.md,
 * ServerHello flight): a ServerHello record, ChangeCipherSpec, one application-data record, an HMAC over all of it. Fields
 * within the ServerHello are not looked at.
 *
 * <p>One per hello; belongs to one thread at a time; never throws on hostile input; allocates what a record's header
 * announces, which is bounded.
 */
public final class ServerFlightReader {

    private static final int MAX_HANDSHAKE_BYTES = 1 << 14;
    private static final int MAX_ENCRYPTED_BYTES = (1 << 14) + 256;

    /** The random of the flight has to lie within the first record. */
    private static final int MIN_HANDSHAKE_BYTES = Tls.RANDOM_OFFSET + Tls.RANDOM_BYTES - Tls.RECORD_HEADER_BYTES;

    private static final byte[] HANDSHAKE_HEADER = {Tls.HANDSHAKE, 3, 3};
    private static final byte[] BEHIND_SERVER_HELLO = {Tls.CHANGE_CIPHER_SPEC, 3, 3, 0, 1, 1, Tls.APPLICATION_DATA, 3, 3
    };

    /** What a call to {@link #read} came to. */
    public enum Status {
        /** All is well so far, but the flight is not complete; all input has been consumed. */
        NEED_INPUT,
        /** The flight of a proxy that knows the key; the input stands at the first byte behind it. Final. */
        ACCEPTED,
        /** TLS, but not from a proxy that knows the key and has accepted the hello: what a web server answers. Final. */
        ORDINARY_TLS,
        /** Not even TLS. Final. */
        NOT_TLS
    }

    /** Which part of the flight is being read. */
    private enum Part {
        SERVER_HELLO_HEADER,
        SERVER_HELLO,
        ENCRYPTED_HEADER,
        ENCRYPTED
    }

    private final byte[] key;
    private final byte[] clientRandom;
    private Part part = Part.SERVER_HELLO_HEADER;
    private Status status = Status.NEED_INPUT;

    /** The flight as far as its length is known. */
    private byte[] flight = new byte[Tls.RECORD_HEADER_BYTES];

    private int filled;

    /**
     * Waits for the answer.
     *
     * @param hello what {@link ClientHelloWriter#authenticated} wrote
     * @param key the 16-byte key part of the secret
     */
    public ServerFlightReader(byte[] hello, byte[] key) {
        this.key = key.clone();
        this.clientRandom = Arrays.copyOfRange(hello, Tls.RANDOM_OFFSET, Tls.RANDOM_OFFSET + Tls.RANDOM_BYTES);
    }

    /**
     * Consumes at most what is missing of the flight. After an end status it consumes nothing and says the same again.
     *
     * @param in what has arrived, in read mode
     * @return what it came to
     */
    public Status read(ByteBuffer in) {
        while (status == Status.NEED_INPUT && in.hasRemaining()) {
            int length = Math.min(in.remaining(), flight.length - filled);
            in.get(flight, filled, length);
            filled += length;
            if (filled == flight.length) {
                status = judgePart();
            }
        }
        return status;
    }

    private Status judgePart() {
        return switch (part) {
            case SERVER_HELLO_HEADER -> judgeFirstHeader();
            case SERVER_HELLO -> judgeServerHello();
            case ENCRYPTED_HEADER -> judgeSecondHeader();
            case ENCRYPTED -> isAuthentic() ? Status.ACCEPTED : Status.ORDINARY_TLS;
        };
    }

    private Status judgeFirstHeader() {
        boolean tls = (flight[0] == Tls.HANDSHAKE || flight[0] == Tls.ALERT) && flight[1] == 3;
        if (!tls) {
            return Status.NOT_TLS;
        }
        int length = lastLength();
        boolean good = stands(HANDSHAKE_HEADER, 0) && length >= MIN_HANDSHAKE_BYTES && length <= MAX_HANDSHAKE_BYTES;
        return good ? goOn(Part.SERVER_HELLO, length) : Status.ORDINARY_TLS;
    }

    private Status judgeServerHello() {
        // A server that asks for another hello says nothing more until it has it, so this is the time to notice.
        return Tls.isHelloRetryRequest(flight, Tls.RANDOM_OFFSET)
                ? Status.ORDINARY_TLS
                : goOn(Part.ENCRYPTED_HEADER, BEHIND_SERVER_HELLO.length + 2);
    }

    private Status judgeSecondHeader() {
        int length = lastLength();
        boolean good = stands(BEHIND_SERVER_HELLO, flight.length - BEHIND_SERVER_HELLO.length - 2)
                && length > 0
                && length <= MAX_ENCRYPTED_BYTES;
        return good ? goOn(Part.ENCRYPTED, length) : Status.ORDINARY_TLS;
    }

    private Status goOn(Part next, int length) {
        part = next;
        flight = Arrays.copyOf(flight, flight.length + length);
        return Status.NEED_INPUT;
    }

    private boolean isAuthentic() {
        byte[] zeroed = flight.clone();
        Arrays.fill(zeroed, Tls.RANDOM_OFFSET, Tls.RANDOM_OFFSET + Tls.RANDOM_BYTES, (byte) 0);
        byte[] digest = HmacSha256.of(key, clientRandom, zeroed);
        return ConstantTime.equal(digest, 0, flight, Tls.RANDOM_OFFSET, digest.length);
    }

    private boolean stands(byte[] expected, int at) {
        return Arrays.equals(expected, 0, expected.length, flight, at, at + expected.length);
    }

    /** The length field that what has been read ends with. */
    private int lastLength() {
        return Tls.unsigned16(flight, flight.length - 2);
    }
}
