package io.github.mtgjava.cli.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ExpositionTest {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
    private final Exposition exposition = new Exposition(registry, now::get);

    ExpositionTest() {
        Gauge.builder("asked", asked::incrementAndGet).register(registry);
    }

    @Test
    void isSharedByThoseWhoComeAtTheSameTime() {
        assertThat(exposition.render(Accept.TEXT)).contains("asked 1.0");
        now.addAndGet(Exposition.FRESH.toNanos() - 1);
        assertThat(exposition.render(Accept.TEXT)).contains("asked 1.0");
        now.addAndGet(1);
        assertThat(exposition.render(Accept.TEXT)).contains("asked 2.0");
    }

    @Test
    void isWrittenInBothFormats() {
        assertThat(exposition.render(Accept.TEXT))
                .contains("# TYPE asked gauge")
                .doesNotContain("# EOF");
        assertThat(exposition.render(Accept.OPEN_METRICS)).endsWith("# EOF\n");
    }
}
