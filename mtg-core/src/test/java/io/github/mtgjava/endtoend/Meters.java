package io.github.mtgjava.endtoend;

import io.github.mtgjava.IpFamily;
import io.github.mtgjava.metrics.MicrometerProxyObserver;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** The meters of one proxy, as whoever scrapes them sees them. */
final class Meters {

    private static final String PREFIX = "it.";

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MicrometerProxyObserver observer = new MicrometerProxyObserver(registry, "it");

    MicrometerProxyObserver observer() {
        return observer;
    }

    /** A constant as the value of a tag. */
    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static String word(IpFamily family) {
        return switch (family) {
            case IPV4 -> "ipv4";
            case IPV6 -> "ipv6";
        };
    }

    /** The figure of the one meter with this name and these tags. */
    double value(String name, String... tags) {
        return value(registry.get(PREFIX + name).tags(tags).meter());
    }

    /** The sum over all tags. */
    double total(String name) {
        Collection<Meter> all = registry.get(PREFIX + name).meters();
        return all.stream().mapToDouble(Meters::value).sum();
    }

    private static double value(Meter meter) {
        if (meter instanceof FunctionCounter counter) {
            return counter.count();
        }
        return meter instanceof Gauge gauge ? gauge.value() : count(meter);
    }

    private static double count(Meter meter) {
        if (meter instanceof Timer timer) {
            return timer.count();
        }
        throw new AssertionError("a meter of another kind: " + meter.getId());
    }

    /** A counter that can be asked also after the proxy has stopped and taken it out of the registry. */
    FunctionCounter counter(String name, String... tags) {
        return registry.get(PREFIX + name).tags(tags).functionCounter();
    }

    /** All that a timer has recorded, together. */
    Duration time(String name, String... tags) {
        Timer timer = registry.get(PREFIX + name).tags(tags).timer();
        return Duration.ofNanos((long) timer.totalTime(TimeUnit.NANOSECONDS));
    }

    boolean isEmpty() {
        return registry.getMeters().isEmpty();
    }
}
