package io.github.mtgjava.cli.doctor;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;

/** What @MTProxybot gives to whom promotes a channel. Its value is never needed here: it only says what to look at. */
record AdTag() {

    /** Reads it. */
    static final class Converter implements ITypeConverter<AdTag> {

        private static final Pattern SHAPE = Pattern.compile("[0-9a-fA-F]{32}");

        @Override
        public AdTag convert(String text) {
            if (!SHAPE.matcher(text.strip()).matches()) {
                throw new IllegalArgumentException("expected the 32 hexadecimal digits that @MTProxybot gives");
            }
            return new AdTag();
        }
    }
}
