package io.github.mtgjava.transport.faketls;

import org.jspecify.annotations.Nullable;

/**
 * Finds its way through a ClientHello (RFC 8446, 4.1.2) and notes where things are.
 *
 * <pre>
 *  record header, message header, version 03 03, random
 *  session id       &lt;0..32&gt;    one length byte
 *  cipher suites    &lt;2..&gt;      two length bytes, suites of two bytes
 *  compression      &lt;1..&gt;      one length byte
 *  extensions                two length bytes, to the end:
 *      type, then the extension with two length bytes
 *      0000 server_name      two length bytes, then of each name: type 00, two length bytes, ASCII
 *      0033 key_share        two length bytes, then of each share: group, two length bytes, key
 * </pre>
 *
 * <p>Every length is checked against what encloses it before a byte behind it is looked at.
 */
final class ClientHelloParser {

    private static final int HOST_NAME = 0;
    private static final int NONE = -1;

    private final byte[] hello;

    /** The next byte to look at. */
    private int at = Tls.RANDOM_OFFSET + Tls.RANDOM_BYTES;

    private Range sessionId = Range.EMPTY;
    private Range cipherSuites = Range.EMPTY;
    private @Nullable Range serverName;
    private @Nullable Range keyShares;

    private ClientHelloParser(byte[] hello) {
        this.hello = hello;
    }

    /** The hello in the given record, which has at least the shortest legal length; null if it is malformed. */
    static @Nullable ClientHello parse(byte[] hello) {
        ClientHelloParser parser = new ClientHelloParser(hello);
        if (!parser.parseBody()) {
            return null;
        }
        Range keyShares = parser.keyShares == null ? Range.EMPTY : parser.keyShares;
        return new ClientHello(hello, parser.sessionId, parser.cipherSuites, parser.serverName, keyShares);
    }

    private boolean parseBody() {
        if (Tls.unsigned16(hello, Tls.RANDOM_OFFSET - 2) != Tls.VERSION) {
            return false;
        }
        int end = vectorEnd(1, hello.length);
        if (end == NONE || end - at > Tls.MAX_SESSION_ID_BYTES) {
            return false;
        }
        sessionId = rangeTo(end);
        end = vectorEnd(2, hello.length);
        if (end <= at || (end - at) % 2 != 0) {
            return false;
        }
        cipherSuites = rangeTo(end);
        end = vectorEnd(1, hello.length);
        if (end <= at) {
            return false;
        }
        at = end;
        return vectorEnd(2, hello.length) == hello.length && parseExtensions();
    }

    private boolean parseExtensions() {
        while (at < hello.length) {
            int type = next16(hello.length);
            int end = vectorEnd(2, hello.length);
            if (type == NONE || end == NONE) {
                return false;
            }
            boolean good = switch (type) {
                case Tls.EXTENSION_SERVER_NAME -> parseServerNames(end);
                case Tls.EXTENSION_KEY_SHARE -> parseKeyShares(end);
                default -> true;
            };
            if (!good) {
                return false;
            }
            at = end;
        }
        return true;
    }

    private boolean parseServerNames(int end) {
        if (serverName != null || vectorEnd(2, end) != end || at == end) {
            return false;
        }
        while (at < end) {
            int type = hello[at++];
            int nameEnd = vectorEnd(2, end);
            if (type != HOST_NAME || nameEnd <= at || serverName != null) {
                return false;
            }
            serverName = rangeTo(nameEnd);
            if (!isPrintable(serverName)) {
                return false;
            }
        }
        return true;
    }

    private boolean parseKeyShares(int end) {
        if (keyShares != null || vectorEnd(2, end) != end) {
            return false;
        }
        keyShares = new Range(at, end);
        while (at < end) {
            int group = next16(end);
            int keyEnd = vectorEnd(2, end);
            if (group == NONE || keyEnd <= at) {
                return false;
            }
            at = keyEnd;
        }
        return true;
    }

    /** Host names are ASCII without spaces and control characters. */
    private boolean isPrintable(Range name) {
        for (int i = name.start(); i < name.end(); i++) {
            if (hello[i] <= ' ' || hello[i] > '~') {
                return false;
            }
        }
        return true;
    }

    /**
     * Passes a length field and says where what it announces ends; {@link #NONE}, which is less than any position, if
     * that is not within the limit.
     */
    private int vectorEnd(int lengthBytes, int limit) {
        if (limit - at < lengthBytes) {
            return NONE;
        }
        int length = lengthBytes == 1 ? hello[at] & 0xff : Tls.unsigned16(hello, at);
        at += lengthBytes;
        return length <= limit - at ? at + length : NONE;
    }

    private int next16(int limit) {
        if (limit - at < 2) {
            return NONE;
        }
        at += 2;
        return Tls.unsigned16(hello, at - 2);
    }

    private Range rangeTo(int end) {
        Range range = new Range(at, end);
        at = end;
        return range;
    }
}
