package io.github.mtgjava.cli;

import io.github.mtgjava.MtProxy;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;

/** Reads for how long two secrets may overlap. */
final class SecretOverlap implements ITypeConverter<Duration> {

    /** Long enough for users to get a new link, and not so long that it is forgotten. */
    static final Duration DEFAULT = Duration.ofHours(24);

    private static final Durations DURATIONS = new Durations();

    @Override
    public Duration convert(String text) {
        Duration overlap = DURATIONS.convert(text);
        if (overlap.compareTo(MtProxy.MAX_SECRET_OVERLAP) > 0) {
            throw new IllegalArgumentException(
                    overlap + " is not between 0s and " + MtProxy.MAX_SECRET_OVERLAP.toHours() + "h");
        }
        return overlap;
    }
}
