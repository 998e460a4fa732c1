package io.github.mtgjava.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.cli.doctor.Fetch.Answer;
import io.github.mtgjava.cli.doctor.Finding.Status;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockCheckTest {

    private static final URI URL = URI.create("https://time.example/");
    private static final Instant THEIRS = Instant.parse("2024-02-29T12:00:00Z");
    private static final String DATE = "Thu, 29 Feb 2024 12:00:00 GMT";

    /** The header's half second is part of what is compared: a skew of 0 is our clock at 12:00:00.5. */
    @ParameterizedTest
    @CsvSource({
        "0, OK",
        "2000, OK",
        "-2000, OK",
        "2001, WARN",
        "-2001, WARN",
        "60000, WARN",
        "-60000, WARN",
        "60001, FAIL",
        "-60001, FAIL",
        "100000000, FAIL"
    })
    void judgesBySkew(long skewMillis, Status expected) throws InterruptedException {
        Finding finding = at(THEIRS.plusMillis(500 + skewMillis), Duration.ZERO);
        assertThat(finding.status()).isEqualTo(expected);
        if (expected != Status.OK) {
            assertThat(finding.text()).contains(skewMillis < 0 ? "behind" : "ahead of", "NTP", "120 s", "time.example");
        }
    }

    @ParameterizedTest
    @CsvSource({"2000, OK", "30000, WARN", "-30000, WARN", "30001, FAIL", "-30001, FAIL", "60001, FAIL"})
    void judgesAsMiddleProxiesDoWithAnAdTag(long skewMillis, Status expected) throws InterruptedException {
        Finding finding = at(THEIRS.plusMillis(500 + skewMillis), Duration.ZERO, true);
        assertThat(finding.status()).isEqualTo(expected);
        if (expected == Status.FAIL) {
            assertThat(finding.text())
                    .contains(skewMillis < 0 ? "behind" : "ahead of", "middle proxies", "30 s", "NTP");
        }
    }

    @Test
    void compensatesHalfTheRoundTrip() throws InterruptedException {
        Duration roundTrip = Duration.ofSeconds(8);
        assertThat(at(THEIRS.plusMillis(500).minusSeconds(4), roundTrip).status())
                .isEqualTo(Status.OK);
        assertThat(at(THEIRS.plusMillis(500), roundTrip).status()).isEqualTo(Status.WARN);
    }

    @Test
    void cannotJudgeWithoutADate() throws InterruptedException {
        assertThat(unknown((url, max) -> new Answer(200, Optional.empty(), "")).text())
                .contains("no date", "--clock-url");
        assertThat(unknown((url, max) -> new Answer(200, Optional.of("yesterday"), ""))
                        .text())
                .contains("no date");
        Fetch broken = (url, max) -> {
            throw new IOException("no route");
        };
        assertThat(unknown(broken).text()).contains("no route", "--clock-url");
    }

    private static Finding unknown(Fetch fetch) throws InterruptedException {
        List<Finding> findings = new ClockCheck(URL, Duration.ofSeconds(120), false, fetch, () -> THEIRS).run();
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).status()).isEqualTo(Status.WARN);
        return findings.get(0);
    }

    private static Finding at(Instant ours, Duration roundTrip) throws InterruptedException {
        return at(ours, roundTrip, false);
    }

    private static Finding at(Instant ours, Duration roundTrip, boolean needsLinks) throws InterruptedException {
        Deque<Instant> times = new ArrayDeque<>(List.of(ours, ours.plus(roundTrip)));
        List<Finding> findings = new ClockCheck(
                        URL,
                        Duration.ofSeconds(120),
                        needsLinks,
                        (url, max) -> new Answer(404, Optional.of(DATE), ""),
                        times::remove)
                .run();
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }
}
