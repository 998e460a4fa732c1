package io.github.mtgjava.cli.stats;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * A registry written out for scrapers. Those that come at about the same time share one rendering, so that many of them
 * cost no more than one.
 */
final class Exposition {

    static final Duration FRESH = Duration.ofMillis(100);

    private final PrometheusMeterRegistry registry;
    private final LongSupplier nanos;
    private final Map<String, Rendering> renderings = new HashMap<>();

    private record Rendering(String text, long until) {}

    /** With a monotonic clock in nanoseconds. */
    Exposition(PrometheusMeterRegistry registry, LongSupplier nanos) {
        this.registry = registry;
        this.nanos = nanos;
    }

    /** The registry's meters in one of the formats of {@link Accept}. */
    synchronized String render(String format) {
        long now = nanos.getAsLong();
        Rendering known = renderings.get(format);
        if (known != null && now - known.until() < 0) {
            return known.text();
        }
        String text = registry.scrape(format);
        renderings.put(format, new Rendering(text, now + FRESH.toNanos()));
        return text;
    }
}
