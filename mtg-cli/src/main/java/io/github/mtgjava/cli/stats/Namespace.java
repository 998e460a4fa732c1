package io.github.mtgjava.cli.stats;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;

/** Reads what the names of metrics may begin with in Prometheus. */
final class Namespace implements ITypeConverter<String> {

    private static final Pattern SHAPE = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    @Override
    public String convert(String text) {
        if (!SHAPE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "expected letters, digits and underscores such as mtg, not '" + text + "'");
        }
        return text;
    }
}
