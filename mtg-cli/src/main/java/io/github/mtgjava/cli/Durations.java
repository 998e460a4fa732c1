package io.github.mtgjava.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;

/** Reads durations: {@code 120} (seconds), {@code 500ms}, {@code 120s}, {@code 2m}, {@code 1h}, {@code PT2M}. */
public final class Durations implements ITypeConverter<Duration> {

    private static final Pattern SIMPLE = Pattern.compile("([0-9]{1,12})\\s*(ms|s|m|h|)");

    @Override
    public Duration convert(String text) {
        Matcher matcher = SIMPLE.matcher(text.toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            return Duration.of(Long.parseLong(matcher.group(1)), unit(matcher.group(2)));
        }
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeException notIso) {
            // said below
        }
        throw new IllegalArgumentException("expected a duration such as 120s, 2m or 500ms, not '" + text + "'");
    }

    private static ChronoUnit unit(String suffix) {
        return switch (suffix) {
            case "ms" -> ChronoUnit.MILLIS;
            case "m" -> ChronoUnit.MINUTES;
            case "h" -> ChronoUnit.HOURS;
            default -> ChronoUnit.SECONDS;
        };
    }
}
