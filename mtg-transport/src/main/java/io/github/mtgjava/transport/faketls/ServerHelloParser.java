package io.github.mtgjava.transport.faketls;

import org.jspecify.annotations.Nullable;

/**
 * Finds its way through a ServerHello (RFC 8446, 4.1.3), be it one of TLS 1.3, a HelloRetryRequest, or one of an older
 * version, which may have no extensions at all.
 *
 * <pre>
 *  message header, version 03 xx, random
 *  session id &lt;0..32&gt;     one length byte
 *  cipher suite, compression 00
 *  extensions             two length bytes, to the end: type, then the extension with two length bytes
 *      0033 key_share           group, two length bytes, key; in a HelloRetryRequest the group alone
 *      002b supported_versions  the version
 * </pre>
 */
final class ServerHelloParser {

    private static final int RANDOM_OFFSET = Tls.HANDSHAKE_HEADER_BYTES + 2;
    private static final int SESSION_ID_OFFSET = RANDOM_OFFSET + Tls.RANDOM_BYTES;
    private static final int SUITE_AND_COMPRESSION_BYTES = 3;

    private final byte[] message;
    private final boolean retry;
    private int version;
    private int group;
    private boolean versionsSeen;
    private ExtensionOrder order = ExtensionOrder.KEY_SHARE_FIRST;

    private ServerHelloParser(byte[] message) {
        this.message = message;
        this.retry = Tls.isHelloRetryRequest(message, RANDOM_OFFSET);
        this.version = Tls.unsigned16(message, Tls.HANDSHAKE_HEADER_BYTES);
    }

    /** The ServerHello in a handshake message whose header has been checked; null if it is malformed. */
    static @Nullable ServerHello parse(byte[] message) {
        if (message.length < SESSION_ID_OFFSET + 1 + SUITE_AND_COMPRESSION_BYTES) {
            return null;
        }
        return new ServerHelloParser(message).parse();
    }

    private @Nullable ServerHello parse() {
        int sessionId = message[SESSION_ID_OFFSET] & 0xff;
        int at = SESSION_ID_OFFSET + 1 + sessionId;
        if (version >> 8 != 3
                || sessionId > Tls.MAX_SESSION_ID_BYTES
                || at + SUITE_AND_COMPRESSION_BYTES > message.length) {
            return null;
        }
        int suite = Tls.unsigned16(message, at);
        at += SUITE_AND_COMPRESSION_BYTES;
        if (at < message.length && !parseExtensions(at)) {
            return null;
        }
        return new ServerHello(version, suite, group, retry, order);
    }

    private boolean parseExtensions(int start) {
        if (message.length - start < 2 || Tls.unsigned16(message, start) != message.length - start - 2) {
            return false;
        }
        int at = start + 2;
        while (at < message.length) {
            if (message.length - at < 4) {
                return false;
            }
            int body = at + 4;
            int length = Tls.unsigned16(message, at + 2);
            if (length > message.length - body || !parseExtension(Tls.unsigned16(message, at), body, length)) {
                return false;
            }
            at = body + length;
        }
        return true;
    }

    private boolean parseExtension(int type, int body, int length) {
        switch (type) {
            case Tls.EXTENSION_SUPPORTED_VERSIONS -> {
                if (length != 2) {
                    return false;
                }
                version = Tls.unsigned16(message, body);
                versionsSeen = true;
            }
            case Tls.EXTENSION_KEY_SHARE -> {
                boolean good = retry ? length == 2 : length > 4 && Tls.unsigned16(message, body + 2) == length - 4;
                if (!good) {
                    return false;
                }
                group = Tls.unsigned16(message, body);
                order = versionsSeen ? ExtensionOrder.SUPPORTED_VERSIONS_FIRST : ExtensionOrder.KEY_SHARE_FIRST;
            }
            default -> {
                // Of no interest.
            }
        }
        return true;
    }
}
