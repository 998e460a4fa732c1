package io.github.mtgjava.metrics;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.IpFamily;
import io.github.mtgjava.LinkCloseReason;
import io.github.mtgjava.LinkFailureReason;
import io.github.mtgjava.ProxyStats;
import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.Transport;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;

/** All meters of one proxy, registered at once with every value of every tag, so that no graph begins with a gap. */
final class ProxyMeters {

    private static final double NANOS_PER_SECOND = 1e9;

    /** From a handshake within a data centre to one that somebody types. */
    private static final Duration[] SHORT = millis(1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000);

    /** From a visit to a day. */
    private static final Duration[] LONG = seconds(1, 5, 15, 60, 300, 900, 3_600, 14_400, 86_400);

    private final MeterRegistry registry;
    private final String prefix;
    private final Supplier<ProxyStats> stats;
    private final OpenFiles openFiles = new OpenFiles();
    private final List<Meter> all = new ArrayList<>();
    private final Timer handshake;
    private final Timer session;
    private final Timer linkOpen;
    private final Timer linkLifetime;
    private final Map<IpFamily, Timer> connected = new EnumMap<>(IpFamily.class);
    private final Map<IpFamily, Timer> failed = new EnumMap<>(IpFamily.class);

    private ProxyMeters(MeterRegistry registry, String prefix, Supplier<ProxyStats> stats) {
        this.registry = registry;
        this.prefix = prefix;
        this.stats = stats;
        handshake = timer("handshake", "From accepting a client to its complete handshake", Tags.empty(), SHORT);
        session = timer("session", "From accepting an admitted client to its end", Tags.empty(), LONG);
        linkOpen = timer("link_open", "Opening a link to a middle proxy", Tags.empty(), SHORT);
        linkLifetime = timer("link_lifetime", "From opening a link to its end", Tags.empty(), LONG);
        for (IpFamily family : IpFamily.values()) {
            connected.put(family, connectTimer(family, "connected"));
            failed.put(family, connectTimer(family, "failed"));
        }
    }

    static ProxyMeters register(MeterRegistry registry, String prefix, Supplier<ProxyStats> stats) {
        ProxyMeters meters = new ProxyMeters(registry, prefix, stats);
        meters.registerConnections();
        meters.registerTraffic();
        meters.registerLinks();
        meters.registerDefence();
        meters.registerHealth();
        return meters;
    }

    void removeFrom(MeterRegistry from) {
        all.forEach(from::remove);
    }

    Timer handshake() {
        return handshake;
    }

    Timer session() {
        return session;
    }

    Timer linkOpen() {
        return linkOpen;
    }

    Timer linkLifetime() {
        return linkLifetime;
    }

    Timer telegramConnect(IpFamily family, boolean success) {
        return Objects.requireNonNull((success ? connected : failed).get(family));
    }

    private void registerConnections() {
        for (Transport transport : Transport.values()) {
            for (IpFamily family : IpFamily.values()) {
                ProxyStats.Client kind = new ProxyStats.Client(transport, family);
                gauge(
                        "connections",
                        "Clients that proved to know the secret, open now",
                        Tags.of("type", word(transport), "protocol", word(family)),
                        now -> of(now.clients(), kind));
            }
        }
        for (int dc : ProxyStats.Telegram.DCS) {
            for (IpFamily family : IpFamily.values()) {
                ProxyStats.Telegram kind = new ProxyStats.Telegram(dc, family);
                gauge(
                        "telegram_connections",
                        "Connections to Telegram, open now",
                        Tags.of("dc", dcWord(dc), "protocol", word(family)),
                        now -> of(now.telegramConnections(), kind));
            }
        }
        gauge("open_connections", "Sockets of clients and strangers, open now", Tags.empty(), ProxyStats::open);
        gauge("handshakes", "Connections in their handshake now", Tags.empty(), ProxyStats::handshakes);
        counter("accepted", "Connections accepted", Tags.empty(), ProxyStats::accepted);
        for (CloseReason reason : CloseReason.values()) {
            counter("closed", "Connections ended", reason(reason), now -> of(now.closed(), reason));
        }
    }

    private void registerTraffic() {
        bytes("ingress", "Bytes read from and written to clients and strangers", ProxyStats::bytesFromClients);
        bytes("egress", "Bytes read from and written to clients and strangers", ProxyStats::bytesToClients);
    }

    private void registerLinks() {
        gauge(
                "links",
                "Links to middle proxies, open now",
                Tags.empty(),
                now -> now.middleProxyLinks().open());
        gauge(
                "link_clients",
                "Clients with a place on a link now",
                Tags.empty(),
                now -> now.middleProxyLinks().clients());
        gauge(
                "link_waiting",
                "Clients that wait for a link now",
                Tags.empty(),
                now -> now.middleProxyLinks().waiting());
        counter(
                "link_moves",
                "Moves of clients to another link",
                Tags.empty(),
                now -> now.middleProxyLinks().moves());
        counter(
                "links_opened",
                "Links opened",
                Tags.empty(),
                now -> now.middleProxyLinks().opened());
        for (LinkFailureReason reason : LinkFailureReason.values()) {
            counter("link_failures", "Links that did not come about", reason(reason), now -> {
                return of(now.middleProxyLinks().failed(), reason);
            });
        }
        for (LinkCloseReason reason : LinkCloseReason.values()) {
            counter(
                    "links_closed",
                    "Links that ended",
                    reason(reason),
                    now -> of(now.middleProxyLinks().closed(), reason));
        }
        String fetched = "Documents fetched from Telegram's site";
        counter(
                "config_refreshes",
                fetched,
                Tags.of("outcome", "ok"),
                now -> now.middleProxyLinks().refreshes());
        counter(
                "config_refreshes",
                fetched,
                Tags.of("outcome", "failed"),
                now -> now.middleProxyLinks().failedRefreshes());
        gauge("config_age", "seconds", "Since Telegram's site last confirmed what is in use", now -> {
            return seconds(now.middleProxyLinks().configAge());
        });
        gauge("clock_offset", "seconds", "By how much Telegram's site is ahead of our clock", now -> {
            return seconds(now.middleProxyLinks().clockOffset().orElse(Duration.ZERO));
        });
    }

    private void registerDefence() {
        counter("replay_attacks", "Handshakes seen before", Tags.empty(), now -> {
            return of(now.refused(), RefusalReason.REPLAY);
        });
        for (RefusalReason reason : RefusalReason.values()) {
            counter("refused", "Connections not let in", reason(reason), now -> of(now.refused(), reason));
            counter("cloaked_requests", "Refused connections shown the cloaked site", reason(reason), now -> {
                return of(now.cloaked(), reason);
            });
        }
        gauge("cloaked_connections", "Connections shown the cloaked site now", Tags.empty(), ProxyStats::cloaking);
    }

    private void registerHealth() {
        counter("crashes", "Contained faults of the proxy's own", Tags.empty(), ProxyStats::crashes);
        counter("observer_failures", "Exceptions of observers", Tags.empty(), ProxyStats::observerFailures);
        counter("observer_drops", "Events lost by slow observers", Tags.empty(), ProxyStats::observerDrops);
        gauge("buffered", "bytes", "Held for slow peers now", ProxyStats::bufferedBytes);
        gauge("buffered_limit", "bytes", "What that may come to", ProxyStats::maxBufferedBytes);
        gauge("replay_cache", "bytes", "Memory of the replay cache", ProxyStats::replayCacheBytes);
        gauge("loop_lag", "seconds", "Longest that an event loop was busy within the last 10 to 20 seconds", now -> {
            return seconds(now.loopLag());
        });
        gauge("open_files", "Open files and sockets of the process", Tags.empty(), now -> openFiles.count());
        gauge("open_files_limit", "How many it may open", Tags.empty(), now -> OpenFiles.limit());
    }

    private void bytes(String direction, String description, ToDoubleFunction<ProxyStats> value) {
        all.add(FunctionCounter.builder(prefix + "traffic", stats, of -> value.applyAsDouble(of.get()))
                .tag("direction", direction)
                .baseUnit("bytes")
                .description(description)
                .register(registry));
    }

    private void counter(String name, String description, Tags tags, ToDoubleFunction<ProxyStats> value) {
        all.add(FunctionCounter.builder(prefix + name, stats, of -> value.applyAsDouble(of.get()))
                .tags(tags)
                .description(description)
                .register(registry));
    }

    private void gauge(String name, String description, Tags tags, ToDoubleFunction<ProxyStats> value) {
        all.add(Gauge.builder(prefix + name, stats, of -> value.applyAsDouble(of.get()))
                .tags(tags)
                .description(description)
                .strongReference(true)
                .register(registry));
    }

    private void gauge(String name, String unit, String description, ToDoubleFunction<ProxyStats> value) {
        all.add(Gauge.builder(prefix + name, stats, of -> value.applyAsDouble(of.get()))
                .baseUnit(unit)
                .description(description)
                .strongReference(true)
                .register(registry));
    }

    private Timer connectTimer(IpFamily family, String outcome) {
        return timer(
                "telegram_connect",
                "Connecting to one address of Telegram",
                Tags.of("outcome", outcome, "protocol", word(family)),
                SHORT);
    }

    private Timer timer(String name, String description, Tags tags, Duration[] buckets) {
        Timer timer = Timer.builder(prefix + name)
                .tags(tags)
                .description(description)
                .serviceLevelObjectives(buckets)
                .register(registry);
        all.add(timer);
        return timer;
    }

    private static Tags reason(Enum<?> reason) {
        return Tags.of("reason", word(reason));
    }

    /** As mtg has it: the name of the secret that asks for padding. */
    private static String word(Transport transport) {
        return transport == Transport.PADDED_INTERMEDIATE ? "secured" : word((Enum<?>) transport);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String dcWord(int dc) {
        return dc == ProxyStats.Telegram.OTHER_DC ? "other" : Integer.toString(dc);
    }

    private static <K> double of(Map<K, Long> map, K key) {
        return Objects.requireNonNull(map.get(key), "every kind has its number");
    }

    private static Duration[] millis(long... values) {
        return LongStream.of(values).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / NANOS_PER_SECOND;
    }

    private static Duration[] seconds(long... values) {
        return LongStream.of(values).mapToObj(Duration::ofSeconds).toArray(Duration[]::new);
    }
}
