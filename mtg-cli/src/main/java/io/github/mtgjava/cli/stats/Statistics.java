package io.github.mtgjava.cli.stats;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The process's meters and the ways on which they leave it, as the options say. */
public final class Statistics implements AutoCloseable {

    private final StatisticsOptions options;
    private final MeterRegistry registry;
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final @Nullable StatsdExport statsd;
    private @Nullable StatsServer server;

    private Statistics(StatisticsOptions options) {
        this.options = options;
        if (options.statsBind().isPresent()) {
            registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
            // Whose names are no good style in Prometheus.
            registry.config()
                    .meterFilter(MeterFilter.denyNameStartsWith("process.cpu.time"))
                    .meterFilter(MeterFilter.denyNameStartsWith("system.cpu.count"));
            new JvmMemoryMetrics().bindTo(registry);
            new JvmThreadMetrics().bindTo(registry);
            new ProcessorMetrics().bindTo(registry);
            new UptimeMetrics().bindTo(registry);
            collections.bindTo(registry);
        } else {
            registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, Clock.SYSTEM);
        }
        statsd = options.statsd()
                .map(settings -> StatsdExport.start(registry, options.namespace(), settings))
                .orElse(null);
    }

    /** Meters as the options say. Reports to statsd from here on. */
    public static Statistics open(StatisticsOptions options) {
        return new Statistics(options);
    }

    /** Whether anybody is interested in meters at all. */
    public boolean isWanted() {
        return options.statsBind().isPresent() || statsd != null;
    }

    /** Where meters are registered. */
    public MeterRegistry registry() {
        return registry;
    }

    /**
     * Answers scrapers from here on, if that is wanted.
     *
     * @throws io.github.mtgjava.MtProxyException if the address cannot be bound
     */
    public void serve(BooleanSupplier alive, BooleanSupplier ready) {
        if (registry instanceof PrometheusMeterRegistry prometheus) {
            server = StatsServer.start(options.statsBind().orElseThrow(), prometheus, alive, ready);
        }
    }

    /** Where scrapers are answered, with the real port. */
    public Optional<InetSocketAddress> address() {
        return Optional.ofNullable(server).map(StatsServer::address);
    }

    /** Sends statsd a last report, if it can be done at once, and ends everything. */
    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
        collections.close();
        if (statsd != null) {
            statsd.close();
        }
    }
}
