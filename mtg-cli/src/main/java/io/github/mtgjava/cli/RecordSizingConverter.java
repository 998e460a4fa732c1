package io.github.mtgjava.cli;

import io.github.mtgjava.RecordSizing;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;

/** Reads {@code full} and {@code dynamic}. */
final class RecordSizingConverter implements ITypeConverter<RecordSizing> {

    @Override
    public RecordSizing convert(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "full" -> RecordSizing.FULL;
            case "dynamic" -> RecordSizing.DYNAMIC;
            default -> throw new IllegalArgumentException("expected full or dynamic, not '" + text + "'");
        };
    }
}
