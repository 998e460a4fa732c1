package io.github.mtgjava.examples.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.testkit.ManualTicker;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final ManualTicker ticker = new ManualTicker();
    private final StringBuilder told = new StringBuilder();

    @Test
    void writesALineEveryFiveSeconds() {
        Progress progress = new Progress(ticker::nanos, told::append, false);
        progress.begin("down", Progress.Unit.MEGABYTES, 2_000_000_000);
        for (int second = 1; second <= 14; second++) {
            ticker.advance(Duration.ofSeconds(1));
            progress.at(second * 100_000_000L, second / 10);
        }
        progress.end();
        assertThat(told.toString().lines())
                .containsExactly(
                        "down: 500 of 2000 MB, 100/s, 5 s, 0 errors", "down: 1000 of 2000 MB, 100/s, 10 s, 1 errors");
    }

    @Test
    void writesTheSameLineAnewOnATerminalAndLeavesItEmpty() {
        Progress progress = new Progress(ticker::nanos, told::append, true);
        progress.begin("connecting", Progress.Unit.HANDSHAKES, 0);
        ticker.advance(Duration.ofMillis(499));
        progress.at(1, 0);
        assertThat(told).isEmpty();
        ticker.advance(Duration.ofMillis(1));
        progress.at(2, 0);
        assertThat(told).hasToString("\r\u001b[Kconnecting: 2 handshakes, 4/s, 1 s, 0 errors");
        progress.end();
        assertThat(told.toString()).endsWith("errors\r\u001b[K").doesNotContain("\n");
    }

    @Test
    void beginsAnewWithEachThing() {
        Progress progress = new Progress(ticker::nanos, told::append, false);
        progress.begin("connecting", Progress.Unit.HANDSHAKES, 10);
        ticker.advance(Duration.ofSeconds(60));
        progress.begin("holding", Progress.Unit.CONNECTIONS, 0);
        ticker.advance(Duration.ofSeconds(4));
        progress.at(10, 0);
        assertThat(told).isEmpty();
        ticker.advance(Duration.ofSeconds(1));
        progress.at(10, 0);
        assertThat(told.toString().lines()).containsExactly("holding: 10 connections, 5 s, 0 errors");
    }
}
