package io.github.mtgjava.replay;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads a file of fingerprints, in pieces of any size, up to the first thing that is wrong.
 *
 * <p>What a power cut leaves behind is nothing wrong: a file that ends in the middle of a record, or with zeros, where the
 * file system had made room already. Not thread-safe.
 */
final class ReplayFileReader {

    /** Takes fingerprints. */
    @FunctionalInterface
    interface Sink {
        /** One of them. */
        void take(long high, long low);
    }

    private final byte[] unit = new byte[ReplayFileHeader.BYTES];
    private final long number;
    private final byte @Nullable [] salt;
    private @Nullable ReplayFileHeader header;
    private @Nullable RecordCheck check;
    private int have;
    private long records;

    /** What comes first after the last good record; null as long as that is the end. */
    private @Nullable String flaw;
    /** Whether nothing but zeros follows from some place in what is wrong. */
    private boolean zeros;

    /** Of the file with that number; null for any salt. */
    ReplayFileReader(long number, byte @Nullable [] salt) {
        this.number = number;
        this.salt = salt;
    }

    /** Takes all of the piece. What is wrong, and what is behind that, never reaches the sink. */
    void read(ByteBuffer piece, Sink sink) {
        while (piece.hasRemaining()) {
            if (flaw != null) {
                zeros &= piece.get() == 0;
            } else {
                take(piece, sink);
            }
        }
    }

    private void take(ByteBuffer piece, Sink sink) {
        int whole = header == null ? ReplayFileHeader.BYTES : ReplayFileHeader.RECORD_BYTES;
        int taken = Math.min(piece.remaining(), whole - have);
        piece.get(unit, have, taken);
        have += taken;
        if (have < whole) {
            return;
        }
        have = 0;
        if (check == null) {
            takeHeader();
        } else {
            takeRecord(check, sink);
        }
    }

    private void takeHeader() {
        flaw = ReplayFileHeader.flaw(unit);
        if (flaw != null) {
            zeros = Arrays.equals(unit, new byte[ReplayFileHeader.BYTES]);
            return;
        }
        ReplayFileHeader read = ReplayFileHeader.read(unit);
        if (read.number() != number) {
            flaw = "has the name of another file";
        } else if (salt != null && !Arrays.equals(read.salt(), salt)) {
            flaw = "belongs to other files than those beside it";
        } else {
            header = read;
            check = read.recordCheck();
        }
    }

    private void takeRecord(RecordCheck check, Sink sink) {
        ByteBuffer record = ByteBuffer.wrap(unit);
        long high = record.getLong();
        long low = record.getLong();
        if (record.getInt() == check.of(records, high, low)) {
            records++;
            sink.take(high, low);
        } else {
            flaw = "is damaged from byte " + goodBytes() + " on";
            // The last page that was written may end within the record.
            zeros = unit[ReplayFileHeader.RECORD_BYTES - 1] == 0;
        }
    }

    /** Whether the rest of the file cannot change anything any more. */
    boolean isHopeless() {
        return flaw != null && !zeros;
    }

    /** Once the file has ended: what is wrong with it; null if nothing is, or nothing but what a power cut leaves behind. */
    @Nullable
    String fault() {
        if (isHopeless()) {
            return flaw;
        }
        boolean foreign = header == null && flaw == null && !isPossibleBeginning();
        return foreign ? "is no file of handshakes" : null;
    }

    private boolean isPossibleBeginning() {
        return ReplayFileHeader.isBeginning(unit, have)
                || Arrays.equals(unit, 0, have, new byte[ReplayFileHeader.BYTES], 0, have);
    }

    /** Up to where the file is good: 0, or the end of the header or of a record. */
    long goodBytes() {
        return header == null ? 0 : ReplayFileHeader.BYTES + records * ReplayFileHeader.RECORD_BYTES;
    }

    /** How many good records have come. */
    long records() {
        return records;
    }

    /** Null as long as no good one has come. */
    @Nullable
    ReplayFileHeader header() {
        return header;
    }
}
