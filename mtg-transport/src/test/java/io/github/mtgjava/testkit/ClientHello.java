package io.github.mtgjava.testkit;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A ClientHello as one TLS record, and what a client has to remember of it to judge the answer.
 *
 * @param record the whole record, header included
 * @param suites the cipher suites offered
 * @param groups the groups a key share was sent for
 */
record ClientHello(byte[] record, List<Integer> suites, List<Integer> groups) {
    static final int RANDOM_OFFSET = 11;
    static final int RANDOM_LENGTH = 32;

    private static final int SESSION_ID_OFFSET = 44;
    private static final int SESSION_ID_LENGTH = 32;
    private static final int RECORD_HEADER_LENGTH = 5;

    byte[] random() {
        return Arrays.copyOfRange(record, RANDOM_OFFSET, RANDOM_OFFSET + RANDOM_LENGTH);
    }

    byte[] sessionId() {
        return Arrays.copyOfRange(record, SESSION_ID_OFFSET, SESSION_ID_OFFSET + SESSION_ID_LENGTH);
    }

    /**
     * Puts the digest that authenticates the client into the random field.
     *
     * @param key the 16-byte key of the secret
     * @param timestamp Unix time in seconds, as an unsigned 32-bit number
     */
    void authenticate(byte[] key, long timestamp) {
        Arrays.fill(record, RANDOM_OFFSET, RANDOM_OFFSET + RANDOM_LENGTH, (byte) 0);
        byte[] digest = hmac(key, record);
        for (int i = 0; i < 4; i++) {
            digest[28 + i] ^= (byte) (timestamp >> 8 * i);
        }
        System.arraycopy(digest, 0, record, RANDOM_OFFSET, RANDOM_LENGTH);
    }

    /** Returns the handshake message in {@code count} records of about equal length, as DPI-evading tools send it. */
    byte[] split(int count) {
        int message = record.length - RECORD_HEADER_LENGTH;
        return TlsWriter.write(out -> {
            for (int i = 0; i < count; i++) {
                int from = RECORD_HEADER_LENGTH + (int) ((long) message * i / count);
                int to = RECORD_HEADER_LENGTH + (int) ((long) message * (i + 1) / count);
                out.hex("160301").vector(fragment -> fragment.bytes(Arrays.copyOfRange(record, from, to)));
            }
        });
    }

    /** HMAC-SHA256 over the concatenation of {@code parts}. */
    static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has HmacSHA256", e);
        }
    }
}
