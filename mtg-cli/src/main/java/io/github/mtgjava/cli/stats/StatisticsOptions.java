package io.github.mtgjava.cli.stats;

import io.github.mtgjava.cli.FromEnvironment;
import io.github.mtgjava.cli.HostPort;
import io.micrometer.core.instrument.Tag;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who is told how the proxy is doing. Null means not given. */
public final class StatisticsOptions {

    private static final Duration STEP = Duration.ofSeconds(10);

    @Option(
            names = {"-t", "--stats-bind"},
            paramLabel = "HOST:PORT",
            converter = StatsBind.Converter.class,
            defaultValue = "127.0.0.1:3129",
            description = "answer Prometheus here, and /healthz and /readyz; none: do not. Default ${DEFAULT-VALUE} "
                    + "[MTG_STATS_BIND]")
    @FromEnvironment("MTG_STATS_BIND")
    @SuppressWarnings("NullAway.Init") // has a default
    private StatsBind statsBind;

    @Option(
            names = "--stats-namespace",
            paramLabel = "NAME",
            converter = Namespace.class,
            defaultValue = "mtg",
            description = "prefix of the metrics' names in Prometheus. Default ${DEFAULT-VALUE} [MTG_STATS_NAMESPACE]")
    @FromEnvironment("MTG_STATS_NAMESPACE")
    @SuppressWarnings("NullAway.Init") // has a default
    private String namespace;

    @Option(
            names = "--statsd-addr",
            paramLabel = "HOST[:PORT]",
            converter = StatsdAddress.class,
            description = "send the metrics to statsd here every 10 seconds. Default: do not [MTG_STATSD_ADDR]")
    @FromEnvironment("MTG_STATSD_ADDR")
    @Nullable
    private HostPort statsdAddress;

    @Option(
            names = "--statsd-port",
            paramLabel = "PORT",
            converter = StatsdPort.class,
            defaultValue = "8125",
            description = "port of statsd where the address has none. Default ${DEFAULT-VALUE} [MTG_STATSD_PORT]")
    @FromEnvironment("MTG_STATSD_PORT")
    private int statsdPort;

    @Option(
            names = "--statsd-prefix",
            paramLabel = "NAME",
            converter = StatsdPrefix.class,
            defaultValue = "mtg",
            description = "prefix of the metrics' names in statsd. Default ${DEFAULT-VALUE} [MTG_STATSD_PREFIX]")
    @FromEnvironment("MTG_STATSD_PREFIX")
    @SuppressWarnings("NullAway.Init") // has a default
    private String statsdPrefix;

    @Option(
            names = "--statsd-tags-format",
            paramLabel = "FORMAT",
            converter = StatsdFormat.class,
            defaultValue = "vanilla",
            description = "how statsd is told labels: influxdb, datadog, or vanilla, where they are part of the name. "
                    + "Default ${DEFAULT-VALUE} [MTG_STATSD_TAGS_FORMAT]")
    @FromEnvironment("MTG_STATSD_TAGS_FORMAT")
    @SuppressWarnings("NullAway.Init") // has a default
    private StatsdDialect statsdFormat;

    @Option(
            names = "--statsd-tags",
            paramLabel = "KEY=VALUE",
            split = "[,\\r\\n]",
            hideParamSyntax = true,
            converter = StatsdTag.class,
            description = "label that every metric carries in statsd, repeatable; not in vanilla "
                    + "[MTG_STATSD_TAGS, split at commas and line ends]")
    @FromEnvironment("MTG_STATSD_TAGS")
    @Nullable
    private List<Tag> statsdTags;

    /** For picocli to fill in. */
    public StatisticsOptions() {}

    Optional<InetSocketAddress> statsBind() {
        return statsBind.address();
    }

    /** Prefix of the meters' names. */
    public String namespace() {
        return namespace;
    }

    Optional<StatsdExport.Settings> statsd() {
        return Optional.ofNullable(statsdAddress).map(address -> {
            int port = address.port() == HostPort.NO_PORT ? statsdPort : address.port();
            return new StatsdExport.Settings(
                    new HostPort(address.host(), port).unlooked(),
                    statsdPrefix,
                    statsdFormat,
                    Objects.requireNonNullElse(statsdTags, List.of()),
                    STEP);
        });
    }
}
