package io.github.mtgjava.transport.faketls;

import java.util.Arrays;
import java.util.HexFormat;

/** Numbers of TLS (RFC 8446, 5.1 and appendix B) that more than one class here needs. */
final class Tls {

    static final int CHANGE_CIPHER_SPEC = 20;
    static final int ALERT = 21;
    static final int HANDSHAKE = 22;
    static final int APPLICATION_DATA = 23;

    /** Version bytes {@code 03 03}: of TLS 1.2 by name, of every TLS 1.3 message in fact. */
    static final int VERSION = 0x0303;

    /** Record type, version and length. */
    static final int RECORD_HEADER_BYTES = 5;

    /** Message type and length. */
    static final int HANDSHAKE_HEADER_BYTES = 4;

    static final int RANDOM_BYTES = 32;

    /** Where both hellos, in a single record, have their random: behind both headers and the version. */
    static final int RANDOM_OFFSET = RECORD_HEADER_BYTES + HANDSHAKE_HEADER_BYTES + 2;

    static final int MAX_SESSION_ID_BYTES = 32;

    static final int SERVER_HELLO = 2;
    static final int TLS_1_3 = 0x0304;

    static final int EXTENSION_SERVER_NAME = 0x0000;
    static final int EXTENSION_SUPPORTED_VERSIONS = 0x002b;
    static final int EXTENSION_KEY_SHARE = 0x0033;

    /** The random of a ServerHello that asks for another ClientHello: SHA-256 of "HelloRetryRequest" (RFC 8446, 4.1.3). */
    private static final byte[] HELLO_RETRY_REQUEST =
            HexFormat.of().parseHex("cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c");

    private Tls() {}

    /** Whether a value is one of the reserved ones that clients strew in to keep servers tolerant (RFC 8701). */
    static boolean isGrease(int value) {
        return (value & 0x0f0f) == 0x0a0a && value >> 8 == (value & 0xff);
    }

    /** Whether the random that stands there is the one that asks for another ClientHello. */
    static boolean isHelloRetryRequest(byte[] bytes, int offset) {
        return Arrays.equals(HELLO_RETRY_REQUEST, 0, RANDOM_BYTES, bytes, offset, offset + RANDOM_BYTES);
    }

    static int unsigned16(byte[] bytes, int offset) {
        return ((bytes[offset] & 0xff) << 8) | (bytes[offset + 1] & 0xff);
    }
}
