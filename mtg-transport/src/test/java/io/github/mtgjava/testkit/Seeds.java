package io.github.mtgjava.testkit;

import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.provider.Arguments;

/**
 * What fuzz tests begin with: more is found by changing what is good than by inventing it. Each seed is named after its first
 * bytes.
 */
public final class Seeds {

    private static final int NAMING_BYTES = 16;

    private Seeds() {}

    /** What the vectors have in that field, if they have it. */
    public static Stream<Arguments> of(List<JsonObject> vectors, String field) {
        return vectors.stream()
                .filter(vector -> Vectors.isPresent(vector, field))
                .map(vector -> seed(Vectors.bytes(vector, field)));
    }

    /** Bytes in hex. */
    public static Stream<Arguments> hex(String... digits) {
        return Stream.of(digits).map(HexFormat.of()::parseHex).map(Seeds::seed);
    }

    /** Texts as the bytes of their characters, up to U+00FF. */
    public static Stream<Arguments> text(String... texts) {
        return Stream.of(texts)
                .map(text -> text.getBytes(StandardCharsets.ISO_8859_1))
                .map(Seeds::seed);
    }

    /** These bytes. */
    public static Arguments seed(byte[] bytes) {
        String beginning = HexFormat.of().formatHex(bytes, 0, Math.min(NAMING_BYTES, bytes.length));
        return Arguments.of(Named.of(bytes.length + " bytes: " + beginning, bytes));
    }
}
