package io.github.mtgjava.internal.telegram.bootstrap;

import java.time.Duration;
import java.util.Optional;

/**
 * How fetching goes.
 *
 * @param refreshesOk documents fetched
 * @param refreshesFailed documents that could not be fetched or made no sense
 * @param ageMillis how long ago the oldest of what links need was last confirmed; zero if there is nothing
 * @param clockOffset by how much the site's clock is ahead of ours
 */
public record BootstrapFigures(long refreshesOk, long refreshesFailed, long ageMillis, Optional<Duration> clockOffset) {

    /** Of a proxy that fetches nothing. */
    public static final BootstrapFigures NONE = new BootstrapFigures(0, 0, 0, Optional.empty());
}
