package io.github.mtgjava.cli.stats;

import io.micrometer.core.instrument.Tag;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;

/** Reads {@code key=value}. */
final class StatsdTag implements ITypeConverter<Tag> {

    private static final Pattern SHAPE = Pattern.compile("\\s*([^=\\s]+)=(.*\\S)\\s*");

    @Override
    public Tag convert(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("expected key=value, not '" + text + "'");
        }
        return Tag.of(matcher.group(1), matcher.group(2));
    }
}
