package io.github.mtgjava.examples.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;

/**
 * Gathers the answer to a ClientHello and judges it as a client does.
 *
 * <pre>
 * 16 03 03 length ServerHello | 14 03 03 00 01 01 | 17 03 03 length noise
 * </pre>
 * The random field of the ServerHello is an HMAC over the client's random and all of this, itself zeroed.
 */
final class Flight {

    private static final int MAX_SERVER_HELLO = 2048;
    private static final byte[] BEGINNING = HexFormat.of().parseHex("160303");
    private static final byte[] MIDDLE = HexFormat.of().parseHex("140303000101170303");

    private final byte[] secretKey;
    private final byte[] hello;
    private final ByteBuffer flight =
            ByteBuffer.allocate(2 * Tls.HEADER + MAX_SERVER_HELLO + MIDDLE.length + Tls.MAX_RECORD);

    /** Waits for the answer to this hello. */
    Flight(byte[] secretKey, byte[] hello) {
        this.secretKey = secretKey;
        this.hello = hello;
    }

    /**
     * Takes all bytes of the buffer.
     *
     * @return whether the flight is complete and good
     * @throws IOException if no client would accept it
     */
    boolean offer(ByteBuffer in) throws IOException {
        if (in.remaining() > flight.remaining()) {
            throw new IOException("more bytes than a ServerHello and two records can have");
        }
        flight.put(in);
        expect(BEGINNING, 0);
        if (flight.position() < Tls.HEADER) {
            return false;
        }
        int middle = Tls.HEADER + (flight.getShort(3) & 0xffff);
        if (middle < Tls.RANDOM_OFFSET + Tls.RANDOM_LENGTH || middle > MAX_SERVER_HELLO) {
            throw new IOException("a ServerHello of " + middle + " bytes");
        }
        expect(MIDDLE, middle);
        int data = middle + MIDDLE.length + 2;
        if (flight.position() < data) {
            return false;
        }
        int end = data + (flight.getShort(data - 2) & 0xffff);
        if (flight.position() > end) {
            throw new IOException("bytes behind the ServerHello's flight, which real clients do not forgive");
        }
        return flight.position() == end && verify();
    }

    /** Throws if what came so far has something else at this place. */
    private void expect(byte[] bytes, int offset) throws IOException {
        int came = Math.max(0, Math.min(bytes.length, flight.position() - offset));
        if (!Arrays.equals(bytes, 0, came, flight.array(), offset, offset + came)) {
            throw new IOException("the answer to the ClientHello is not a ServerHello's flight");
        }
    }

    private boolean verify() throws IOException {
        int to = Tls.RANDOM_OFFSET + Tls.RANDOM_LENGTH;
        byte[] random = Arrays.copyOfRange(flight.array(), Tls.RANDOM_OFFSET, to);
        Arrays.fill(flight.array(), Tls.RANDOM_OFFSET, to, (byte) 0);
        Mac mac = Tls.hmac(secretKey);
        mac.update(hello, Tls.RANDOM_OFFSET, Tls.RANDOM_LENGTH);
        mac.update(flight.array(), 0, flight.position());
        if (!MessageDigest.isEqual(random, mac.doFinal())) {
            throw new IOException("the ServerHello was not made with the secret");
        }
        return true;
    }
}
