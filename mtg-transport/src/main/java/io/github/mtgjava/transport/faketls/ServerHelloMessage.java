package io.github.mtgjava.transport.faketls;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Collects a ServerHello from the records a server has spread it over. Knows when it is whole, not whether it is good. */
final class ServerHelloMessage {

    private static final int MAX_BYTES = 1 << 14;

    /** As long as the records so far announce. */
    private byte[] bytes = {};

    private int filled;

    /** Makes room for what the header of a record announces, 1 byte or more; false if that would be too much. */
    boolean beginRecord(int length) {
        if (length > MAX_BYTES - bytes.length) {
            return false;
        }
        bytes = Arrays.copyOf(bytes, bytes.length + length);
        return true;
    }

    /** Takes bytes for which there is room. */
    void add(ByteBuffer in, int length) {
        in.get(bytes, filled, length);
        filled += length;
    }

    boolean isEmpty() {
        return filled == 0;
    }

    /** Whether these bytes can still become a ServerHello, after a whole record. */
    boolean isPlausible() {
        return bytes[0] == Tls.SERVER_HELLO
                && (filled < Tls.HANDSHAKE_HEADER_BYTES || (bytes[1] == 0 && length() <= MAX_BYTES));
    }

    /** Whether all of a plausible message is there. */
    boolean isComplete() {
        return filled >= Tls.HANDSHAKE_HEADER_BYTES && filled >= length();
    }

    /** Whether more is there than a complete message. */
    boolean isOverfull() {
        return filled > length();
    }

    /** A complete message, header included. */
    byte[] message() {
        return Arrays.copyOf(bytes, length());
    }

    private int length() {
        return Tls.HANDSHAKE_HEADER_BYTES + Tls.unsigned16(bytes, 2);
    }
}
