package io.github.mtgjava.transport.proxyprotocol;

import io.github.mtgjava.transport.ip.IpText;
import io.github.mtgjava.transport.proxyprotocol.ProxyHeaderDecoder.Status;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads a header of version 1: a line of text, such as {@code PROXY TCP4 192.0.2.1 203.0.113.5 56324 443}. */
final class V1Reader implements VersionReader {

    /** The longest line, its end included. */
    static final int MAX_BYTES = 107;

    static final byte FIRST_BYTE = 'P';

    private static final String BEGINNING = "PROXY ";
    private static final String UNKNOWN = "PROXY UNKNOWN";
    private static final int WORDS = 6;
    private static final int MAX_PORT_DIGITS = 5;

    private final byte[] line = new byte[MAX_BYTES];
    private int length;
    private @Nullable ProxiedConnection connection;

    @Override
    public Status decode(ByteBuffer in) {
        while (in.hasRemaining()) {
            line[length++] = in.get();
            if (length <= BEGINNING.length() && line[length - 1] != BEGINNING.charAt(length - 1)) {
                return Status.REJECTED;
            }
            if (isEnded()) {
                return parse(new String(line, 0, length - 2, StandardCharsets.ISO_8859_1));
            }
            if (length == MAX_BYTES) {
                return Status.REJECTED;
            }
        }
        return Status.NEED_INPUT;
    }

    private boolean isEnded() {
        return length >= 2 && line[length - 2] == '\r' && line[length - 1] == '\n';
    }

    private Status parse(String text) {
        if (text.equals(UNKNOWN) || text.startsWith(UNKNOWN + " ")) {
            return Status.COMPLETE;
        }
        String[] words = text.split(" ", -1);
        if (words.length != WORDS) {
            return Status.REJECTED;
        }
        TcpEnd source = end(words[1], words[2], words[4]);
        TcpEnd destination = end(words[1], words[3], words[5]);
        if (source == null || destination == null) {
            return Status.REJECTED;
        }
        connection = new ProxiedConnection(source, destination);
        return Status.COMPLETE;
    }

    /** Null if it is none. */
    private static @Nullable TcpEnd end(String family, String address, String port) {
        byte[] ip = switch (family) {
            case "TCP4" -> hasNeedlessZero(address) ? null : IpText.ipv4(address);
            case "TCP6" -> IpText.ipv6(address);
            default -> null;
        };
        int number = hasNeedlessZero(port) ? -1 : IpText.number(port, 10, MAX_PORT_DIGITS, TcpEnd.MAX_PORT);
        return ip == null || number < 0 ? null : TcpEnd.of(ip, number);
    }

    /** Some would take such a number for an octal one, so that it may not occur. */
    private static boolean hasNeedlessZero(String numbers) {
        for (String number : numbers.split("\\.", -1)) {
            if (number.length() > 1 && number.charAt(0) == '0') {
                return true;
            }
        }
        return false;
    }

    @Override
    public @Nullable ProxiedConnection connection() {
        return connection;
    }
}
