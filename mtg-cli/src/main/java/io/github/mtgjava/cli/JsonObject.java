package io.github.mtgjava.cli;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes one JSON object on one line. */
public final class JsonObject {

    private final StringBuilder text = new StringBuilder(256).append('{');

    /** Adds a field: numbers and booleans as such, everything else as a string. */
    public JsonObject add(String name, @Nullable Object value) {
        name(name);
        if (value == null || value instanceof Boolean || isPlainNumber(value)) {
            text.append(value);
        } else {
            quote(value.toString());
        }
        return this;
    }

    /** Adds a field that is a list of objects. */
    public JsonObject addList(String name, List<JsonObject> values) {
        name(name);
        text.append(values.stream().map(JsonObject::toString).collect(Collectors.joining(",", "[", "]")));
        return this;
    }

    /** The object. */
    @Override
    public String toString() {
        return text + "}";
    }

    /** JSON has no infinities and no NaN. */
    private static boolean isPlainNumber(Object value) {
        return value instanceof Number number && Double.isFinite(number.doubleValue());
    }

    private void name(String name) {
        if (text.length() > 1) {
            text.append(',');
        }
        quote(name);
        text.append(':');
    }

    private void quote(String value) {
        text.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                default -> {
                    if (needsEscape(value, i)) {
                        text.append(String.format("\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }

    /** Control characters, line ends of some readers, and halves of surrogate pairs, which UTF-8 cannot carry. */
    private static boolean needsEscape(String value, int index) {
        char c = value.charAt(index);
        if (Character.isHighSurrogate(c)) {
            return index + 1 == value.length() || !Character.isLowSurrogate(value.charAt(index + 1));
        }
        if (Character.isLowSurrogate(c)) {
            return index == 0 || !Character.isHighSurrogate(value.charAt(index - 1));
        }
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
    }
}
