package io.github.mtgjava.replay;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The beginning of a file of fingerprints. Big-endian, as the records behind it, of which there may be any number:
 *
 * <pre>
 * header   8 "mtgreply"   4 version   16 salt   8 the file's number   4 CRC32C of all that
 * record   8 high   8 low   4 CRC32C of the header's check (4), the record's index from 0 (8), high, low
 * </pre>
 */
final class ReplayFileHeader {

    static final int BYTES = 40;

    static final int RECORD_BYTES = 2 * Long.BYTES + Integer.BYTES;

    private static final byte[] MAGIC = "mtgreply".getBytes(StandardCharsets.US_ASCII);
    private static final int VERSION = 1;
    private static final int SALT_AT = MAGIC.length + Integer.BYTES;
    private static final int NUMBER_AT = SALT_AT + Fingerprint.SALT_BYTES;
    private static final int CHECK_AT = NUMBER_AT + Long.BYTES;

    private final byte[] bytes;

    private ReplayFileHeader(byte[] bytes) {
        this.bytes = bytes;
    }

    /** That of a new file. */
    static ReplayFileHeader of(byte[] salt, long number) {
        byte[] bytes = new byte[BYTES];
        ByteBuffer.wrap(bytes).put(MAGIC).putInt(VERSION).put(salt).putLong(number);
        ByteBuffer.wrap(bytes).putInt(CHECK_AT, checkOf(bytes));
        return new ReplayFileHeader(bytes);
    }

    /** That at the beginning of these bytes; only if there is no {@link #flaw}. */
    static ReplayFileHeader read(byte[] bytes) {
        return new ReplayFileHeader(Arrays.copyOf(bytes, BYTES));
    }

    /** What is wrong with these bytes as a header; null if nothing is. */
    static @Nullable String flaw(byte[] bytes) {
        if (!isBeginning(bytes, MAGIC.length)) {
            return "is no file of handshakes";
        }
        if (ByteBuffer.wrap(bytes).getInt(MAGIC.length) != VERSION) {
            return "is of another version";
        }
        return ByteBuffer.wrap(bytes).getInt(CHECK_AT) == checkOf(bytes) ? null : "is damaged at its beginning";
    }

    /** Whether a header may begin with so many of these bytes. */
    static boolean isBeginning(byte[] bytes, int count) {
        boolean magic = true;
        for (int i = 0; i < Math.min(count, MAGIC.length); i++) {
            magic &= bytes[i] == MAGIC[i];
        }
        return magic;
    }

    private static int checkOf(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, CHECK_AT);
        return (int) crc.getValue();
    }

    byte[] bytes() {
        return bytes.clone();
    }

    byte[] salt() {
        byte[] salt = new byte[Fingerprint.SALT_BYTES];
        ByteBuffer.wrap(bytes).get(SALT_AT, salt);
        return salt;
    }

    long number() {
        return ByteBuffer.wrap(bytes).getLong(NUMBER_AT);
    }

    /** For the records behind it. */
    RecordCheck recordCheck() {
        return new RecordCheck(ByteBuffer.wrap(bytes).getInt(CHECK_AT));
    }
}
