package io.github.mtgjava.examples.load;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What several classes need to know of TLS. */
final class Tls {

    /** Length of a record's header: type (1), version (2), length (2). */
    static final int HEADER = 5;

    /** Type of the records that carry data. */
    static final int APPLICATION_DATA = 0x17;

    /** The legacy version that every record after the first hello bears. */
    static final int VERSION = 0x0303;

    /** The longest payload of a record: 2^14 and room for encryption. */
    static final int MAX_RECORD = 16_640;

    /** Where the random field of a hello stands in its record. */
    static final int RANDOM_OFFSET = 11;

    /** Length of the random field, and of the digest that stands there. */
    static final int RANDOM_LENGTH = 32;

    private static final byte[] CHANGE_CIPHER_SPEC = HexFormat.of().parseHex("140303000101");

    private Tls() {}

    /** The record that a client sends before its first data; read only. */
    static byte[] changeCipherSpec() {
        return CHANGE_CIPHER_SPEC;
    }

    /** Writes the header of a data record. */
    static void putHeader(ByteBuffer out, int length) {
        out.put((byte) APPLICATION_DATA).putShort((short) VERSION).putShort((short) length);
    }

    /** An HMAC-SHA256 at its beginning. */
    static Mac hmac(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is required of every JDK", e);
        }
    }
}
