package io.github.mtgjava.examples.load;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The figures of a run, in the order in which they were added, as one line of JSON. */
final class Result {

    private final Map<String, String> fields = new LinkedHashMap<>();

    /** Adds a word that needs no escaping. */
    Result add(String name, Object word) {
        fields.put(name, '"' + word.toString() + '"');
        return this;
    }

    Result add(String name, long value) {
        fields.put(name, Long.toString(value));
        return this;
    }

    Result add(String name, double value) {
        fields.put(name, String.format(Locale.ROOT, "%.3f", value));
        return this;
    }

    /** The JSON. */
    @Override
    public String toString() {
        StringBuilder json = new StringBuilder("{");
        fields.forEach((name, value) -> json.append(json.length() > 1 ? "," : "")
                .append('"')
                .append(name)
                .append("\":")
                .append(value));
        return json.append('}').toString();
    }
}
