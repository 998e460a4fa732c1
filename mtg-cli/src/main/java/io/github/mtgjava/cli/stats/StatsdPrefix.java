package io.github.mtgjava.cli.stats;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;

/** Reads what the names of metrics may begin with in statsd. */
final class StatsdPrefix implements ITypeConverter<String> {

    private static final Pattern SHAPE = Pattern.compile("[a-zA-Z0-9_-]+(\\.[a-zA-Z0-9_-]+)*");

    @Override
    public String convert(String text) {
        if (!SHAPE.matcher(text).matches()) {
            throw new IllegalArgumentException("expected a name such as mtg or proxies.mtg, not '" + text + "'");
        }
        return text;
    }
}
