package io.github.mtgjava.cli;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;

/** Reads sizes in bytes: {@code 65536}, {@code 64KB}, {@code 64KiB} and so on with M and G. All units are powers of 1024. */
final class Sizes implements ITypeConverter<Long> {

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,18})\\s*(?:([KMG])I?)?B?");

    @Override
    public Long convert(String text) {
        Matcher matcher = SIZE.matcher(text.toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("expected a size such as 65536, 64KB or 128MB, not '" + text + "'");
        }
        int shift = matcher.group(2) == null ? 0 : 10 * ("KMG".indexOf(matcher.group(2)) + 1);
        long number = Long.parseLong(matcher.group(1));
        if (number > Long.MAX_VALUE >> shift) {
            throw new IllegalArgumentException("the size '" + text + "' is too large");
        }
        return number << shift;
    }
}
