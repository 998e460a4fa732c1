package io.github.mtgjava.cli.stats;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.MtProxy;
import io.github.mtgjava.Secret;
import io.github.mtgjava.SecretType;
import io.github.mtgjava.metrics.MicrometerProxyObserver;
import io.github.mtgjava.spi.TelegramDirectory;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.FakeClient;
import io.github.mtgjava.testkit.FakeTelegram;
import io.github.mtgjava.testkit.RecordingOrigin;
import io.github.mtgjava.testkit.Visit;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A proxy under observation by statsd: what it is told is what went through. */
@Timeout(120)
class StatsdTrafficIT {

    private static final byte[] QUESTION =
            ("GET / HTTP/1.1\r\nX: " + "x".repeat(1_000) + "\r\n\r\n").getBytes(US_ASCII);
    private static final byte[] ANSWER = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Secret secret = Secret.generate(SecretType.SECURED);

    private MtProxy start(FakeTelegram telegram, RecordingOrigin origin) {
        MtProxy proxy = MtProxy.builder()
                .secret(secret)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .cloakAddress(origin.address())
                .telegramDirectory(TelegramDirectory.builtIn().withOverrides(Map.of(2, List.of(telegram.address()))))
                .addObserver(new MicrometerProxyObserver(registry, "mtg"))
                .build();
        proxy.start();
        return proxy;
    }

    @ParameterizedTest
    @EnumSource
    void isToldOfEveryByteAndOfWhoIsThere(StatsdDialect dialect) throws Exception {
        try (FakeTelegram telegram = FakeTelegram.start();
                RecordingOrigin origin = RecordingOrigin.start();
                MtProxy proxy = start(telegram, origin);
                UdpListener statsd = new UdpListener();
                StatsdExport export = StatsdExport.start(registry, "mtg", settings(statsd, dialect))) {
            visit(proxy, origin);
            String ingress = line(dialect, "mtg.traffic.ingress", QUESTION.length);
            String egress = line(dialect, "mtg.traffic.egress", ANSWER.length);
            statsd.await(lines -> lines.contains(ingress) && lines.contains(egress));

            try (FakeClient client =
                    ClientOptions.secured(proxy.address(), secret.key()).connect()) {
                client.echo(new byte[1]);
                statsd.await(lines -> lines.containsAll(present(dialect, 1)));
            }
            List<String> last = statsd.await(lines -> lines.containsAll(present(dialect, 0)));
            assertThat(last).noneMatch(line -> line.contains("NaN") || line.contains("E-"));
        }
    }

    private static StatsdExport.Settings settings(UdpListener statsd, StatsdDialect dialect) {
        List<Tag> tags = List.of(Tag.of("zone", "a"));
        return new StatsdExport.Settings(statsd.address(), "mtg", dialect, tags, Duration.ofMillis(50));
    }

    /** Somebody without the secret, whose bytes are simple to count. */
    private static void visit(MtProxy proxy, RecordingOrigin origin) throws Exception {
        try (Socket stranger =
                new Socket(proxy.address().getAddress(), proxy.address().getPort())) {
            stranger.getOutputStream().write(QUESTION);
            Visit visit = origin.awaitVisit(0);
            assertThat(visit.awaitBytes(QUESTION.length)).isEqualTo(QUESTION);
            visit.send(ANSWER);
            visit.finish();
            assertThat(stranger.getInputStream().readAllBytes()).isEqualTo(ANSWER);
        }
    }

    private static String line(StatsdDialect dialect, String name, int value) {
        return switch (dialect) {
            case VANILLA -> name + ":" + value + "|g";
            case INFLUXDB -> name + ",zone=a:" + value + "|g";
            case DATADOG -> name + ":" + value + "|g|#zone:a";
        };
    }

    private static List<String> present(StatsdDialect dialect, int count) {
        return switch (dialect) {
            case VANILLA ->
                List.of(
                        "mtg.connections.secured.ipv4:" + count + "|g",
                        "mtg.telegram_connections.2.ipv4:" + count + "|g");
            case INFLUXDB ->
                List.of(
                        "mtg.connections,type=secured,protocol=ipv4,zone=a:" + count + "|g",
                        "mtg.telegram_connections,dc=2,protocol=ipv4,zone=a:" + count + "|g");
            case DATADOG ->
                List.of(
                        "mtg.connections:" + count + "|g|#type:secured,protocol:ipv4,zone:a",
                        "mtg.telegram_connections:" + count + "|g|#dc:2,protocol:ipv4,zone:a");
        };
    }
}
