package io.github.mtgjava.internal.telegram.bootstrap;

import java.net.http.HttpHeaders;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares our clock with that of Telegram's site, by the way: middle proxies accept no link from somebody whose clock is
 * more than 30 seconds off.
 */
final class ClockCheck {

    private static final Duration SUSPICIOUS = Duration.ofSeconds(5);
    private static final Duration FATAL_FOR_LINKS = Duration.ofSeconds(30);

    /** The header counts whole seconds. */
    private static final Duration MEAN_TRUNCATION = Duration.ofMillis(500);

    private static final Logger LOG = LoggerFactory.getLogger(ClockCheck.class);

    private volatile @Nullable Duration offset;

    /** By how much the site's clock is ahead of ours, if it has told. Any thread. */
    Optional<Duration> offset() {
        return Optional.ofNullable(offset);
    }

    /**
     * An answer has these headers, which were asked for and arrived at these times of ours.
     *
     * @return whether they tell the time
     */
    boolean check(HttpHeaders headers, Instant asked, Instant arrived) {
        Optional<Instant> theirs = headers.firstValue("Date").flatMap(ClockCheck::instant);
        if (theirs.isEmpty()) {
            return false;
        }
        Duration halfWait = Duration.between(asked, arrived).dividedBy(2);
        Duration ahead = Duration.between(asked.plus(halfWait), theirs.get().plus(MEAN_TRUNCATION));
        offset = ahead;
        report(ahead, halfWait);
        return true;
    }

    private static Optional<Instant> instant(String header) {
        try {
            return Optional.of(ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException nonsense) {
            LOG.debug("a site has no sensible date", nonsense);
            return Optional.empty();
        }
    }

    /** The site may have looked at its clock at any moment of the wait. */
    private static void report(Duration offset, Duration error) {
        Duration certain = offset.abs().minus(error);
        if (certain.compareTo(FATAL_FOR_LINKS) > 0) {
            LOG.atError()
                    .addKeyValue("event", "clock_offset")
                    .addKeyValue("offset_seconds", offset.toSeconds())
                    .log(
                            "this machine's clock is more than 30 seconds off: middle proxies will refuse it; turn on NTP");
        } else if (certain.compareTo(SUSPICIOUS) > 0) {
            LOG.atWarn()
                    .addKeyValue("event", "clock_offset")
                    .addKeyValue("offset_seconds", offset.toSeconds())
                    .log("this machine's clock is off; beyond 30 seconds middle proxies refuse it: turn on NTP");
        }
    }
}
