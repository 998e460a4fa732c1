package io.github.mtgjava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.CALLS_REAL_METHODS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyStatsTest {

    /** Users may do the same in their tests: it is an interface. */
    private final ProxyStats stats = mock(ProxyStats.class, CALLS_REAL_METHODS);

    @ParameterizedTest
    @CsvSource({"0, true", "1000, true", "4999, true", "5000, false", "60000, false"})
    void isAliveWhileEveryLoopTurns(long silenceMillis, boolean alive) {
        when(stats.loopSilence()).thenReturn(Duration.ofMillis(silenceMillis));
        assertThat(stats.alive()).isEqualTo(alive);
    }
}
