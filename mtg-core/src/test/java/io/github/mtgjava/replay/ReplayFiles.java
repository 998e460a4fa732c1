package io.github.mtgjava.replay;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Makes files of fingerprints, by the description of their format. */
final class ReplayFiles {

    static final byte[] SALT = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private ReplayFiles() {}

    /** One fingerprint. */
    record Print(long high, long low) {

        /** A different one for each number from 0. */
        static Print of(long number) {
            return new Print(0x9e3779b97f4a7c15L * (number + 1), ~number);
        }
    }

    /** So many different ones, from that on. */
    static List<Print> prints(long from, int count) {
        List<Print> prints = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            prints.add(Print.of(from + i));
        }
        return prints;
    }

    /** A good file. */
    static byte[] file(byte[] salt, long number, List<Print> prints) {
        ReplayFileHeader header = ReplayFileHeader.of(salt, number);
        return file(header, prints);
    }

    /** The records behind any header. */
    static byte[] file(ReplayFileHeader header, List<Print> prints) {
        RecordCheck check = header.recordCheck();
        ByteBuffer file = ByteBuffer.allocate(ReplayFileHeader.BYTES + prints.size() * ReplayFileHeader.RECORD_BYTES);
        file.put(header.bytes());
        for (int i = 0; i < prints.size(); i++) {
            Print print = prints.get(i);
            file.putLong(print.high()).putLong(print.low()).putInt(check.of(i, print.high(), print.low()));
        }
        return file.array();
    }
}
