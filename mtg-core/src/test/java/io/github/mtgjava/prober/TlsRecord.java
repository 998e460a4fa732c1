package io.github.mtgjava.prober;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A TLS record, without what is random in it.
 *
 * @param type the content type
 * @param version as in the header
 * @param length of the payload in bytes
 * @param alert level and description of an alert in the clear; −1 of anything else
 */
record TlsRecord(int type, int version, int length, int alert) {

    private static final int HEADER_BYTES = 5;
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int ALERT = 21;
    private static final int HANDSHAKE = 22;
    private static final int APPLICATION_DATA = 23;

    /** Signatures with ECDSA are of varying length. */
    private static final int SIGNATURE_SLACK_BYTES = 6;

    /** Records this short hold no signature. */
    private static final int SHORT_BYTES = 64;

    /** The records that the bytes are; empty if they are something else. */
    static Optional<List<TlsRecord>> all(byte[] bytes) {
        List<TlsRecord> records = new ArrayList<>();
        int at = 0;
        while (at + HEADER_BYTES <= bytes.length) {
            int type = bytes[at];
            int length = unsigned16(bytes, at + 3);
            if (type < CHANGE_CIPHER_SPEC || type > APPLICATION_DATA || bytes[at + 1] != 3) {
                return Optional.empty();
            }
            int end = at + HEADER_BYTES + length;
            int alert = type == ALERT && length == 2 && end <= bytes.length ? unsigned16(bytes, at + HEADER_BYTES) : -1;
            records.add(new TlsRecord(type, unsigned16(bytes, at + 1), length, alert));
            at = end;
        }
        return at == bytes.length && at > 0 ? Optional.of(records) : Optional.empty();
    }

    private static int unsigned16(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }

    boolean isLike(TlsRecord other) {
        int slack = length > SHORT_BYTES ? SIGNATURE_SLACK_BYTES : 0;
        return type == other.type
                && version == other.version
                && alert == other.alert
                && Math.abs(length - other.length) <= slack;
    }

    @Override
    public String toString() {
        return switch (type) {
            case CHANGE_CIPHER_SPEC -> "change of cipher";
            case ALERT -> alert < 0 ? "alert of " + length : "alert " + (alert >> 8) + " " + (alert & 0xff);
            case HANDSHAKE -> "handshake of " + length;
            default -> "data of " + length;
        };
    }
}
