package io.github.mtgjava.examples.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void tellsThePercentilesOfWhatItWasTold() {
        Latencies latencies = new Latencies();
        assertThat(latencies.percentile(0.5)).isZero();
        for (int i = 10_000; i > 0; i--) {
            latencies.add(i * 1_000L);
        }
        assertThat(latencies.percentile(0.5)).isEqualTo(5_001);
        assertThat(latencies.percentile(0.99)).isEqualTo(9_901);
        assertThat(latencies.percentile(1)).isEqualTo(10_000);
        latencies.clear();
        latencies.add(7_000);
        assertThat(latencies.percentile(0.999)).isEqualTo(7);
    }
}
