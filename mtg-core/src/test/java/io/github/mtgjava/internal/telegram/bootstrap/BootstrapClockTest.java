package io.github.mtgjava.internal.telegram.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.mtgjava.testkit.FakeBootstrap;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The clock check that comes with every fetch. */
class BootstrapClockTest extends BootstrapCase {

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "4, 0, 0", "10, 1, 0", "-10, 1, 0", "100, 0, 1", "-100, 0, 1"})
    void comparesClocks(int secondsAhead, int warnings, int errors) throws InterruptedException {
        site.withDate(DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(secondsAhead)));
        bootstrap.start();
        assertThat(bootstrap.figures().clockOffset().orElseThrow().toMillis())
                .isBetween(secondsAhead * 1000L - 3_000, secondsAhead * 1000L + 1_500);
        assertThat(log.messages(Level.WARN)).hasSize(warnings);
        assertThat(log.messages(Level.ERROR)).hasSize(errors);
    }

    @Test
    void aSlowDocumentDoesNotMakeTheClockLookWrong() throws InterruptedException {
        site.silentAt(FakeBootstrap.SECRET)
                .withStatus(FakeBootstrap.SECRET, 503)
                .withDate("Wed, 25 Nov 2026 12:00:00 GMT");
        waiting.during(() -> site.withStatus(FakeBootstrap.SECRET, 200));
        Instant noon = Instant.parse("2026-11-25T12:00:00Z");
        AtomicInteger looks = new AtomicInteger();
        // When it is asked, and when the heads of both lists come.
        InstantSource clock = () -> looks.incrementAndGet() <= 3 ? noon : noon.plusSeconds(30);
        bootstrap = bootstrap(Optional.empty(), Duration.ZERO, Duration.ofSeconds(30), clock);
        FutureTask<Boolean> starting = start();
        while (looks.get() < 3) {
            Thread.sleep(1);
        }
        site.silentAt("");
        waiting.awaitWaits(1);
        assertThat(bootstrap.figures().clockOffset()).hasValue(Duration.ofMillis(500));
        assertThat(starting).succeedsWithin(20, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "Wed, 99 Nov 2026 99:99:99 GMT"})
    void aSiteWithoutASensibleDateIsNoClock(String date) throws InterruptedException {
        site.withDate(date);
        bootstrap.start();
        assertThat(bootstrap.figures().clockOffset()).isEmpty();
        assertThat(bootstrap.figures().refreshesOk()).isEqualTo(3);
    }

    @Test
    void theWaitForAnAnswerIsNoReasonToSuspectTheClock() {
        ClockCheck check = new ClockCheck();
        Instant noon = Instant.parse("2026-11-25T12:00:00Z");
        HttpHeaders date =
                HttpHeaders.of(Map.of("Date", List.of("Wed, 25 Nov 2026 12:00:00 GMT")), (name, value) -> true);
        assertThat(check.check(date, noon.minusSeconds(10), noon.plusSeconds(8)))
                .isTrue();
        assertThat(check.check(date, noon.plusSeconds(1), noon.plusSeconds(11))).isTrue();
        assertThat(log.messages(Level.WARN)).isEmpty();
        assertThat(check.check(date, noon.plusSeconds(6), noon.plusSeconds(16))).isTrue();
        assertThat(log.messages(Level.WARN)).hasSize(1);
        assertThat(check.check(HttpHeaders.of(Map.of(), (name, value) -> true), noon, noon))
                .isFalse();
        assertThat(check.offset()).hasValue(Duration.ofMillis(-10_500));
    }
}
