package io.github.mtgjava.chaos;

import io.github.mtgjava.crypto.HmacSha256;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** What a genuine client wears: how it judges the flight, and the records that it sends and reads. */
final class TlsDress {

    /** The longest payload Telegram's clients put into a record. */
    private static final int MAX_SENT = 2878;

    private static final int MAX_RECEIVED = 16_401;
    private static final int HEADER = 5;
    private static final int RANDOM_OFFSET = 11;
    private static final int RANDOM_END = 43;
    private static final byte[] FLIGHT_TYPES = {22, 20, 23};
    private static final byte[] CHANGE_CIPHER_SPEC = HexFormat.of().parseHex("140303000101");

    private final byte[] header = new byte[HEADER];
    private int headerLength;
    private int payloadLeft;
    private boolean malformed;

    /** Length of the flight that the bytes begin with, or -1 if it is not complete yet. */
    static int flightLength(byte[] bytes) {
        int at = 0;
        for (byte type : FLIGHT_TYPES) {
            if (bytes.length < at + HEADER) {
                return -1;
            }
            at += HEADER + length(bytes, at);
        }
        return at <= bytes.length ? at : -1;
    }

    /** Whether these are three records of the right types, signed with the key for that hello. */
    static boolean isFlight(byte[] flight, byte[] hello, byte[] key) {
        int at = 0;
        for (byte type : FLIGHT_TYPES) {
            if (flight[at] != type) {
                return false;
            }
            at += HEADER + length(flight, at);
        }
        byte[] random = Arrays.copyOfRange(flight, RANDOM_OFFSET, RANDOM_END);
        byte[] signed = new byte[RANDOM_END - RANDOM_OFFSET + flight.length];
        System.arraycopy(hello, RANDOM_OFFSET, signed, 0, random.length);
        System.arraycopy(flight, 0, signed, random.length, flight.length);
        Arrays.fill(signed, random.length + RANDOM_OFFSET, random.length + RANDOM_END, (byte) 0);
        return at == flight.length && Arrays.equals(random, HmacSha256.of(key, signed));
    }

    private static int length(byte[] bytes, int record) {
        return (bytes[record + 3] & 0xff) << 8 | bytes[record + 4] & 0xff;
    }

    /** ChangeCipherSpec and then the payload, as clients send their first. */
    static byte[] first(byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(CHANGE_CIPHER_SPEC);
        out.writeBytes(records(payload));
        return out.toByteArray();
    }

    static byte[] records(byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < payload.length; at += MAX_SENT) {
            int length = Math.min(MAX_SENT, payload.length - at);
            out.writeBytes(new byte[] {23, 3, 3, (byte) (length >> 8), (byte) length});
            out.write(payload, at, length);
        }
        return out.toByteArray();
    }

    /** Takes all of what came out of its records. */
    byte[] unwrap(ByteBuffer in) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (in.hasRemaining() && !malformed) {
            if (payloadLeft == 0) {
                readHeader(in);
                continue;
            }
            byte[] part = new byte[Math.min(payloadLeft, in.remaining())];
            in.get(part);
            payloadLeft -= part.length;
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private void readHeader(ByteBuffer in) {
        header[headerLength++] = in.get();
        if (headerLength == HEADER) {
            headerLength = 0;
            payloadLeft = length(header, 0);
            malformed = header[0] != 23
                    || header[1] != 3
                    || header[2] != 3
                    || payloadLeft == 0
                    || payloadLeft > MAX_RECEIVED;
        }
    }

    /** Whether something came that is no record of application data. */
    boolean isMalformed() {
        return malformed;
    }
}
