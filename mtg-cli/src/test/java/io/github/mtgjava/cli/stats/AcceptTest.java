package io.github.mtgjava.cli.stats;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                // A Prometheus server of today, and one of some years ago.
                "application/openmetrics-text;version=1.0.0;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,"
                        + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
                "application/openmetrics-text; version=0.0.1,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
                "Application/OpenMetrics-Text",
                "text/plain;q=0, application/openmetrics-text;q=0.001"
            })
    void givesOpenMetricsToWhoPrefersIt(String header) {
        assertThat(Accept.choose(header)).isEqualTo(Accept.OPEN_METRICS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*/*",
                "text/plain",
                "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                "text/plain;q=1, application/openmetrics-text;q=0.1",
                "text/*, application/openmetrics-text",
                "application/openmetrics-text;q=0",
                "application/openmetrics-textual",
                "application/openmetrics-text;q=nonsense, text/plain",
                ",;,;q=,=;;q=1"
            })
    void givesTextToEverybodyElse(String header) {
        assertThat(Accept.choose(header)).isEqualTo(Accept.TEXT);
    }

    @Test
    void givesTextWithoutAHeaderOrWithAnEndlessOne() {
        assertThat(Accept.choose(null)).isEqualTo(Accept.TEXT);
        assertThat(Accept.choose("application/openmetrics-text," + "a/b,".repeat(10_000)))
                .isEqualTo(Accept.TEXT);
    }
}
