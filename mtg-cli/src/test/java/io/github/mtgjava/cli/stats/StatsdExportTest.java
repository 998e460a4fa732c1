package io.github.mtgjava.cli.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StatsdExportTest {

    private static final Duration STEP = Duration.ofMillis(50);

    private final MeterRegistry registry = new SimpleMeterRegistry(SimpleConfig.DEFAULT, new MockClock());
    private final AtomicLong secured = new AtomicLong(3);
    private final AtomicLong bytes = new AtomicLong(12_345_678_901L);
    private UdpListener statsd;

    @BeforeEach
    void registerMeters() throws Exception {
        statsd = new UdpListener();
        Gauge.builder("mtg.connections", secured::get)
                .tags("type", "secured", "protocol", "ipv4")
                .register(registry);
        FunctionCounter.builder("mtg.traffic", bytes, AtomicLong::get)
                .tag("direction", "ingress")
                .baseUnit("bytes")
                .register(registry);
        Counter.builder("mtg.crashes").register(registry).increment(2);
        Timer.builder("mtg.handshake")
                .serviceLevelObjectives(Duration.ofMillis(1), Duration.ofSeconds(1))
                .register(registry)
                .record(Duration.ofMillis(1_500));
        Gauge.builder("jvm.memory", () -> 1).register(registry);
        Gauge.builder("mtg.nothing", () -> Double.NaN).register(registry);
    }

    @AfterEach
    void close() {
        statsd.close();
    }

    private List<String> received(StatsdDialect dialect, List<Tag> tags, int lines) throws Exception {
        StatsdExport.Settings settings = new StatsdExport.Settings(statsd.address(), "proxy", dialect, tags, STEP);
        try (StatsdExport export = StatsdExport.start(registry, "mtg", settings)) {
            return statsd.await(all -> all.size() >= lines);
        }
    }

    @Test
    void sendsExactlyTheDocumentedLinesInVanilla() throws Exception {
        assertThat(received(StatsdDialect.VANILLA, List.of(Tag.of("host", "a")), 6))
                .containsExactlyInAnyOrder(
                        "proxy.connections.secured.ipv4:3|g",
                        "proxy.traffic.ingress:12345678901|g",
                        "proxy.crashes:2|g",
                        "proxy.handshake.count:1|g",
                        "proxy.handshake.sum:1.5|g",
                        "proxy.handshake.max:1.5|g");
    }

    @Test
    void sendsExactlyTheDocumentedLinesForInfluxdb() throws Exception {
        assertThat(received(StatsdDialect.INFLUXDB, List.of(Tag.of("host", "a")), 6))
                .containsExactlyInAnyOrder(
                        "proxy.connections,type=secured,protocol=ipv4,host=a:3|g",
                        "proxy.traffic.ingress,host=a:12345678901|g",
                        "proxy.crashes,host=a:2|g",
                        "proxy.handshake.count,host=a:1|g",
                        "proxy.handshake.sum,host=a:1.5|g",
                        "proxy.handshake.max,host=a:1.5|g");
    }

    @Test
    void sendsExactlyTheDocumentedLinesForDatadog() throws Exception {
        assertThat(received(StatsdDialect.DATADOG, List.of(), 6))
                .containsExactlyInAnyOrder(
                        "proxy.connections:3|g|#type:secured,protocol:ipv4",
                        "proxy.traffic.ingress:12345678901|g",
                        "proxy.crashes:2|g",
                        "proxy.handshake.count:1|g",
                        "proxy.handshake.sum:1.5|g",
                        "proxy.handshake.max:1.5|g");
    }

    @Test
    void sendsWholeValuesAgainAndAgain() throws Exception {
        StatsdExport.Settings settings =
                new StatsdExport.Settings(statsd.address(), "mtg", StatsdDialect.VANILLA, List.of(), STEP);
        try (StatsdExport export = StatsdExport.start(registry, "mtg", settings)) {
            statsd.await(all -> all.contains("mtg.connections.secured.ipv4:3|g"));
            secured.set(-5);
            bytes.addAndGet(1);
            statsd.await(all -> all.contains("mtg.connections.secured.ipv4:-5|g")
                    && all.contains("mtg.traffic.ingress:12345678902|g"));
            int seen = statsd.sizes().size();
            statsd.await(all -> statsd.sizes().size() >= seen + 3);
        }
    }

    @Test
    void followsMetersThatComeAndGo() throws Exception {
        StatsdExport.Settings settings =
                new StatsdExport.Settings(statsd.address(), "mtg", StatsdDialect.VANILLA, List.of(), STEP);
        try (StatsdExport export = StatsdExport.start(registry, "mtg", settings)) {
            Gauge late = Gauge.builder("mtg.late", () -> 7).register(registry);
            statsd.await(all -> all.contains("mtg.late:7|g"));
            registry.remove(late);
            for (Meter meter : List.copyOf(registry.getMeters())) {
                registry.remove(meter);
            }
        }
        // The last report, made when it was closed, had nothing to say.
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void packsLinesIntoDatagramsThatFitAFrame() throws Exception {
        for (int i = 0; i < 200; i++) {
            Gauge.builder("mtg.many", () -> 1).tag("reason", "number_" + i).register(registry);
        }
        received(StatsdDialect.DATADOG, List.of(), 206);
        assertThat(statsd.sizes()).allMatch(size -> size <= StatsdSender.MAX_DATAGRAM_BYTES);
        assertThat(statsd.sizes().get(0)).isGreaterThan(StatsdSender.MAX_DATAGRAM_BYTES / 2);
    }

    @Test
    void losesWhatAnUnknownServerIsSentWithoutAnybodyWaiting() {
        InetSocketAddress nowhere = InetSocketAddress.createUnresolved("statsd.invalid", 8125);
        StatsdExport.Settings settings =
                new StatsdExport.Settings(nowhere, "mtg", StatsdDialect.VANILLA, List.of(), STEP);
        long before = System.nanoTime();
        try (StatsdExport export = StatsdExport.start(registry, "mtg", settings)) {
            secured.incrementAndGet();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(30));
    }
}
