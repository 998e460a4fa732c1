package io.github.mtgjava.internal.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RateTest {

    private static final long SECOND = 1_000_000_000L;

    private static int taken(Rate rate, long now) {
        int count = 0;
        while (count < 2_000_000 && rate.tryTake(now)) {
            count++;
        }
        return count;
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 5 * SECOND, Long.MAX_VALUE - SECOND / 4, Long.MIN_VALUE})
    void letsThroughSoManyASecondWhateverTheClockSays(long start) {
        Rate rate = new Rate(4, start);
        assertThat(taken(rate, start)).isEqualTo(4);
        assertThat(taken(rate, start + SECOND / 4 - 1)).isZero();
        assertThat(taken(rate, start + SECOND / 4)).isEqualTo(1);
        assertThat(taken(rate, start + SECOND)).isEqualTo(3);
        assertThat(taken(rate, start + 100 * SECOND))
                .as("no more than a second's")
                .isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 7, 1000, 1_000_000})
    void letsThroughAtLeastWhatItIsToldTo(int perSecond) {
        Rate rate = new Rate(perSecond, 0);
        assertThat(taken(rate, 0)).isEqualTo(perSecond);
        assertThat(taken(rate, SECOND)).isEqualTo(perSecond);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000})
    void isExactWhenManyAskAtOnce(int perSecond) {
        Rate rate = new Rate(perSecond, 0);
        AtomicInteger taken = new AtomicInteger();
        IntStream.range(0, 10_000).parallel().filter(i -> rate.tryTake(0)).forEach(i -> taken.incrementAndGet());
        assertThat(taken).hasValue(perSecond);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, SECOND})
    void isNotConfusedByALoopThatIsBehind(long behind) {
        Rate rate = new Rate(2, 10 * SECOND);
        assertThat(rate.tryTake(10 * SECOND)).isTrue();
        rate.tryTake(10 * SECOND - behind);
        assertThat(taken(rate, 12 * SECOND)).isEqualTo(2);
    }
}
