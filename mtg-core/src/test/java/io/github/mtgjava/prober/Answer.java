package io.github.mtgjava.prober;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What came back.
 *
 * @param bytes all of it, in order
 */
record Answer(byte[] bytes) {

    private static final int SHOWN_CHARS = 40;

    boolean isEmpty() {
        return bytes.length == 0;
    }

    boolean isLike(Answer other, Likeness likeness) {
        if (likeness == Likeness.BYTES) {
            return Arrays.equals(bytes, other.bytes);
        }
        Optional<List<TlsRecord>> records = TlsRecord.all(bytes);
        Optional<List<TlsRecord>> others = TlsRecord.all(other.bytes);
        if (records.isEmpty() || others.isEmpty()) {
            return timeless().equals(other.timeless());
        }
        return areLike(records.get(), others.get());
    }

    private static boolean areLike(List<TlsRecord> records, List<TlsRecord> others) {
        if (records.size() != others.size()) {
            return false;
        }
        for (int i = 0; i < records.size(); i++) {
            if (!records.get(i).isLike(others.get(i))) {
                return false;
            }
        }
        return true;
    }

    private String timeless() {
        return new String(bytes, StandardCharsets.ISO_8859_1).replaceAll("\r\nDate: [^\r]*", "\r\nDate: *");
    }

    /** In the words of the report. */
    String describe(Likeness likeness) {
        if (isEmpty()) {
            return "nothing";
        }
        if (likeness == Likeness.STRUCTURE) {
            Optional<List<TlsRecord>> records = TlsRecord.all(bytes);
            if (records.isPresent()) {
                return records.get().stream().map(TlsRecord::toString).collect(Collectors.joining(", "));
            }
        }
        return firstLine() + bytes.length + (bytes.length == 1 ? " byte" : " bytes");
    }

    private String firstLine() {
        String line = new String(bytes, StandardCharsets.ISO_8859_1)
                .lines()
                .findFirst()
                .orElse("");
        boolean readable = !line.isEmpty() && line.chars().allMatch(c -> c >= ' ' && c <= '~' && c != '|' && c != '`');
        return readable ? "`" + line.substring(0, Math.min(SHOWN_CHARS, line.length())) + "`, " : "";
    }
}
