package io.github.mtgjava.cli.stats;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.statsd.StatsdConfig;
import io.micrometer.statsd.StatsdMeterRegistry;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Tells statsd what a registry's meters show, at regular intervals and as absolute gauges: a lost datagram costs nothing
 * then, and every server understands them.
 *
 * <p>Through Micrometer's own statsd registry, with its hooks for the lines and for where they go. Its counters and timers
 * are not used: it sends counters as differences and every duration on the thread that measured it. So each meter is
 * mirrored by gauges, which the registry polls on a thread of its own.
 */
final class StatsdExport implements AutoCloseable {

    private static final String TRAFFIC = "traffic";
    private static final String DIRECTION = "direction";

    private final Settings settings;
    private final String namespace;
    private final StatsdSender sender;
    private final StatsdMeterRegistry statsd;

    /**
     * What to send, and where.
     *
     * @param server may be unresolved
     * @param prefix of the gauges' names
     * @param tags behind the gauges' own
     * @param step between two reports
     */
    record Settings(InetSocketAddress server, String prefix, StatsdDialect dialect, List<Tag> tags, Duration step) {}

    private StatsdExport(Settings settings, String namespace) {
        this.settings = settings;
        this.namespace = namespace + ".";
        this.sender = new StatsdSender(settings.server(), System::nanoTime);
        this.statsd = StatsdMeterRegistry.builder(new Polling(settings.step()))
                .clock(Clock.SYSTEM)
                .lineBuilder((id, unused) -> lineBuilder(id))
                .lineSink(sender::add)
                .build();
    }

    /** Reports every meter of the registry whose name begins with the namespace and a dot, now and in future. */
    static StatsdExport start(MeterRegistry source, String namespace, Settings settings) {
        StatsdExport export = new StatsdExport(settings, namespace);
        source.config().onMeterAdded(export::mirror).onMeterRemoved(export::forget);
        source.getMeters().forEach(export::mirror);
        return export;
    }

    @Override
    public void close() {
        statsd.close();
        sender.close();
    }

    private void mirror(Meter meter) {
        Meter.Id id = meter.getId();
        // A registry without histograms has a gauge of its own for every bucket.
        if (!id.getName().startsWith(namespace) || id.syntheticAssociation() != null) {
            return;
        }
        String name = id.getName().substring(namespace.length());
        if (meter instanceof Timer timer) {
            gauge(name + ".count", id, timer, Timer::count);
            gauge(name + ".sum", id, timer, of -> of.totalTime(TimeUnit.SECONDS));
            gauge(name + ".max", id, timer, of -> of.max(TimeUnit.SECONDS));
        } else if (meter instanceof Gauge gauge) {
            gauge(name, id, gauge, Gauge::value);
        } else if (meter instanceof FunctionCounter counter) {
            gauge(name, id, counter, FunctionCounter::count);
        } else if (meter instanceof Counter counter) {
            gauge(name, id, counter, Counter::count);
        }
    }

    private <M> void gauge(String name, Meter.Id id, M meter, ToDoubleFunction<M> value) {
        Gauge.builder(name, meter, value)
                .tags(id.getTags())
                .strongReference(true)
                .register(statsd);
    }

    private void forget(Meter meter) {
        String name = meter.getId().getName();
        if (name.startsWith(namespace)) {
            String own = name.substring(namespace.length());
            statsd.getMeters().stream()
                    .filter(mirror ->
                            mirror.getId().getTags().equals(meter.getId().getTags()))
                    .filter(mirror -> mirror.getId().getName().equals(own)
                            || mirror.getId().getName().startsWith(own + "."))
                    .forEach(statsd::remove);
        }
    }

    private AbsoluteGauge lineBuilder(Meter.Id id) {
        String name = settings.prefix() + "." + id.getName();
        List<Tag> tags = id.getTags();
        String direction = id.getTag(DIRECTION);
        if (id.getName().equals(TRAFFIC) && direction != null) {
            // mtg has always called them traffic.ingress and traffic.egress.
            name += "." + direction;
            tags = tags.stream().filter(tag -> !tag.getKey().equals(DIRECTION)).toList();
        }
        return new AbsoluteGauge(settings.dialect().shapeOf(name, tags, settings.tags()));
    }

    private record Polling(Duration pollingFrequency) implements StatsdConfig {

        @Override
        public @Nullable String get(String key) {
            return null;
        }

        @Override
        public boolean publishUnchangedMeters() {
            return true;
        }

        /** The sender packs the datagrams. */
        @Override
        public boolean buffered() {
            return false;
        }
    }
}
