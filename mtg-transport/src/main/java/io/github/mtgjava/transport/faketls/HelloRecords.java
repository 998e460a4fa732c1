package io.github.mtgjava.transport.faketls;

import io.github.mtgjava.transport.faketls.ClientHelloReader.Status;
import java.nio.ByteBuffer;

/**
 * The records that a ClientHello is spread over, walked from the first byte on. A cut may fall anywhere, even inside
 * the message's own header. Used once; leaves the position of its buffer alone.
 */
final class HelloRecords {

    private static final int MAX_PAYLOAD_BYTES = 16_384;

    private static final int MAJOR = 3;

    /** Minor version of the first record; the real version is inside the message. */
    private static final int FIRST_MINOR = 1;

    private static final int LATER_MINOR = 3;

    /** The message header of the shortest hello, as one number: type 1, then a 24-bit length. */
    private static final long LOWEST_PREFIX = prefix(ClientHelloReader.MIN_HELLO_BYTES);

    private static final long HIGHEST_PREFIX = prefix(ClientHelloReader.MAX_HELLO_BYTES);

    private final ByteBuffer raw;
    private final int start;
    private int end;

    /** Bytes of the message in the records walked so far. */
    private int collected;

    /** The message header, as far as it has been seen. */
    private long prefix;

    private int prefixBytes;

    HelloRecords(ByteBuffer raw) {
        this.raw = raw;
        this.start = raw.position();
        this.end = start;
    }

    Status scan() {
        for (int record = 1; ; record++) {
            if (!isHeaderGood(record)) {
                return Status.REJECTED;
            }
            if (visible() < Tls.RECORD_HEADER_BYTES) {
                return Status.NEED_INPUT;
            }
            int length = payloadLength(end);
            int visibleLength = Math.min(length, visible() - Tls.RECORD_HEADER_BYTES);
            if (!isMessageGood(visibleLength) || !fits(record, length)) {
                return Status.REJECTED;
            }
            if (visibleLength < length) {
                return Status.NEED_INPUT;
            }
            collected += length;
            end += Tls.RECORD_HEADER_BYTES + length;
            if (collected == messageLength()) {
                return Status.COMPLETE;
            }
        }
    }

    /** Where the last record ends. */
    int end() {
        return end;
    }

    /** The message in a single record, as the client had it when it authenticated it. */
    byte[] reassembled() {
        byte[] whole = new byte[Tls.RECORD_HEADER_BYTES + collected];
        whole[0] = Tls.HANDSHAKE;
        whole[1] = MAJOR;
        whole[2] = FIRST_MINOR;
        whole[3] = (byte) (collected >> 8);
        whole[4] = (byte) collected;
        int filled = Tls.RECORD_HEADER_BYTES;
        for (int at = start; at < end; ) {
            int length = payloadLength(at);
            raw.get(at + Tls.RECORD_HEADER_BYTES, whole, filled, length);
            filled += length;
            at += Tls.RECORD_HEADER_BYTES + length;
        }
        return whole;
    }

    /** Judges what is there of a record's header. */
    private boolean isHeaderGood(int record) {
        int visible = visible();
        return (visible < 1 || raw.get(end) == Tls.HANDSHAKE)
                && (visible < 2 || raw.get(end + 1) == MAJOR)
                && (visible < 3 || isMinorGood(record))
                && (visible < 4 || (raw.get(end + 3) & 0xff) <= MAX_PAYLOAD_BYTES >> 8)
                && (visible < 5 || (payloadLength(end) > 0 && payloadLength(end) <= MAX_PAYLOAD_BYTES));
    }

    private boolean isMinorGood(int record) {
        byte minor = raw.get(end + 2);
        return minor == FIRST_MINOR || (minor == LATER_MINOR && record > 1);
    }

    /** Judges what is there of the message's header, to which the current record may add. */
    private boolean isMessageGood(int visibleLength) {
        int payload = end + Tls.RECORD_HEADER_BYTES;
        for (int i = 0; i < visibleLength && prefixBytes < Tls.HANDSHAKE_HEADER_BYTES; i++) {
            prefix = (prefix << 8) | (raw.get(payload + i) & 0xff);
            prefixBytes++;
        }
        int unseenBits = (Tls.HANDSHAKE_HEADER_BYTES - prefixBytes) * Byte.SIZE;
        long lowest = prefix << unseenBits;
        long highest = lowest + (1L << unseenBits) - 1;
        return highest >= LOWEST_PREFIX && lowest <= HIGHEST_PREFIX;
    }

    /** Whether a record neither goes beyond the message nor, being the last one allowed, leaves it unfinished. */
    private boolean fits(int record, int length) {
        int together = collected + length;
        return record < ClientHelloReader.MAX_RECORDS ? together <= messageLength() : together == messageLength();
    }

    /** Length of the message with its header; until that is known, the most it may be. */
    private int messageLength() {
        return prefixBytes < Tls.HANDSHAKE_HEADER_BYTES
                ? ClientHelloReader.MAX_HELLO_BYTES
                : Tls.HANDSHAKE_HEADER_BYTES + (int) (prefix & 0xff_ffff);
    }

    private int payloadLength(int record) {
        return ((raw.get(record + 3) & 0xff) << 8) | (raw.get(record + 4) & 0xff);
    }

    private int visible() {
        return raw.limit() - end;
    }

    private static long prefix(int messageLength) {
        return (1L << 24) + messageLength - Tls.HANDSHAKE_HEADER_BYTES;
    }
}
