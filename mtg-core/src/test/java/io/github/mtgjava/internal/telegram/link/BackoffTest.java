package io.github.mtgjava.internal.telegram.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static final long NOW = Long.MAX_VALUE - 5;

    @Test
    void doublesFromHalfASecondToHalfAMinuteWithATenthLess() {
        Backoff backoff = new Backoff();
        assertThat(backoff.nanosLeft(NOW)).isZero();
        double[] seconds = {0.5, 1, 2, 4, 8, 16, 30, 30, 30};
        long now = NOW;
        for (double expected : seconds) {
            backoff.fail(now, now, new Random(1));
            assertThat(backoff.nanosLeft(now) / 1e9).isBetween(0.9 * expected, expected);
            now += (long) (expected * 1e9);
        }
    }

    @Test
    void endsWithTimeOrWithSuccess() {
        Backoff backoff = new Backoff();
        backoff.fail(NOW, NOW, new Random(1));
        assertThat(backoff.nanosLeft(NOW + Duration.ofMillis(300).toNanos())).isPositive();
        assertThat(backoff.nanosLeft(NOW + Duration.ofMillis(500).toNanos())).isZero();
        backoff.fail(NOW, NOW, new Random(1));
        backoff.succeed();
        assertThat(backoff.nanosLeft(NOW)).isZero();
        backoff.fail(NOW, NOW, new Random(1));
        assertThat(backoff.nanosLeft(NOW)).as("from the beginning").isLessThanOrEqualTo(500_000_000);
    }

    @Test
    void attemptsThatWereUnderWayTogetherFailOnce() {
        Backoff backoff = new Backoff();
        long later = NOW + Duration.ofSeconds(10).toNanos();
        for (int i = 0; i < 8; i++) {
            backoff.fail(i < 4 ? NOW + i : later, later, new Random(1));
        }
        assertThat(backoff.nanosLeft(later)).isLessThanOrEqualTo(500_000_000);
        long next = later + Duration.ofSeconds(1).toNanos();
        backoff.fail(next, next, new Random(1));
        assertThat(backoff.nanosLeft(next)).isBetween(900_000_000L, 1_000_000_000L);
    }
}
