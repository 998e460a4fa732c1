package io.github.mtgjava.cli.doctor;

import java.io.IOException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;

/**
 * Compares this machine's clock with a web server's: FakeTLS clients are refused if theirs and ours differ, and middle proxies
 * refuse us.
 */
final class ClockCheck implements Check {

    private static final String NAME = "clock";
    private static final Duration GOOD = Duration.ofSeconds(2);

    /** Of middle proxies. */
    private static final Duration TOLERANCE_FOR_LINKS = Duration.ofSeconds(30);

    /** The header has no fractions of a second: in the mean it is half a second old when it is sent. */
    private static final Duration CUT_OFF = Duration.ofMillis(500);

    private final URI url;
    private final Duration tolerance;
    private final boolean needsLinks;
    private final Fetch fetch;
    private final InstantSource clock;

    /**
     * Makes one.
     *
     * @param url any web server with a good clock
     * @param tolerance how much a client's clock and ours may differ
     * @param needsLinks whether there is an ad tag
     */
    ClockCheck(URI url, Duration tolerance, boolean needsLinks, Fetch fetch, InstantSource clock) {
        this.url = url;
        this.tolerance = tolerance;
        this.needsLinks = needsLinks;
        this.fetch = fetch;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Finding> run() throws InterruptedException {
        try {
            Instant before = clock.instant();
            // Without the body, the answer is there with its header, and so with its date.
            Optional<Instant> theirs = fetch.get(url, 0).date().flatMap(ClockCheck::parse);
            Duration half = Duration.between(before, clock.instant()).dividedBy(2);
            return List.of(theirs.map(date -> verdict(Duration.between(date.plus(CUT_OFF), before.plus(half))))
                    .orElseGet(() -> unknown("its answer has no date")));
        } catch (IOException e) {
            return List.of(unknown(String.valueOf(e.getMessage())));
        }
    }

    private Finding verdict(Duration ahead) {
        Duration skew = ahead.abs();
        if (skew.compareTo(GOOD) <= 0) {
            return Finding.ok(NAME, "differs from that of " + url.getHost() + " by less than 2 s");
        }
        String fact =
                "is " + Times.text(skew) + (ahead.isNegative() ? " behind" : " ahead of") + " that of " + url.getHost();
        if (needsLinks && skew.compareTo(TOLERANCE_FOR_LINKS) > 0) {
            return Finding.fail(
                    NAME,
                    fact + "; middle proxies take nobody who is more than " + Times.text(TOLERANCE_FOR_LINKS)
                            + " off: let NTP set it, or no client with the ad tag is served");
        }
        String text = fact + "; clients may differ by " + Times.text(tolerance) + " from it: ";
        return skew.compareTo(tolerance.dividedBy(2)) <= 0
                ? Finding.warn(NAME, text + "let NTP set it, before it gets worse")
                : Finding.fail(NAME, text + "let NTP set it, or users with a tls secret are refused");
    }

    private Finding unknown(String reason) {
        return Finding.warn(
                NAME,
                "cannot be compared with that of " + url.getHost() + " (" + reason
                        + "): name another web server by --clock-url");
    }

    private static Optional<Instant> parse(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }
}
