package io.github.mtgjava.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.github.mtgjava.Secret;
import io.github.mtgjava.SecretType;
import io.github.mtgjava.cli.stats.UdpListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code run} in a process of its own, as Prometheus and statsd see it. */
@Timeout(120)
class RunStatisticsIT {

    private static final Secret SECRET = Secret.generate(SecretType.SECURED);

    private static CliProcess run(String... options) throws IOException {
        String[] all = new String[options.length + 5];
        all[0] = "run";
        all[1] = "-v";
        all[2] = "--bind=127.0.0.1:0";
        all[3] = "--public-ip-url=none";
        System.arraycopy(options, 0, all, 4, options.length);
        all[all.length - 1] = SECRET.hex();
        return CliProcess.start(Map.of(), all);
    }

    private static String get(CliProcess cli, String path) throws IOException {
        String stats = cli.err()
                .lines()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .filter(line -> line.has("stats"))
                .map(line -> line.get("stats").getAsString())
                .findFirst()
                .orElseThrow();
        return new String(
                URI.create("http://" + stats + path).toURL().openStream().readAllBytes(), UTF_8);
    }

    @Test
    void answersPrometheusUnderTheNameOfChoice() throws Exception {
        try (CliProcess cli = run("--stats-namespace=proxy7")) {
            cli.awaitLinks();
            cli.awaitError("\"event\":\"started\"");
            assertThat(get(cli, "/metrics"))
                    .contains("proxy7_connections{protocol=\"ipv4\",type=\"secured\"} 0.0\n", "jvm_memory_used_bytes{")
                    .doesNotContain("mtg_", SECRET.keyHex());
            assertThat(get(cli, "/healthz")).isEqualTo("ok\n");
            assertThat(get(cli, "/readyz")).isEqualTo("ok\n");
            assertThat(cli.terminate().awaitExit()).isZero();
        }
    }

    @Test
    void tellsStatsdWithoutPrometheus() throws Exception {
        try (UdpListener statsd = new UdpListener();
                CliProcess cli = run(
                        "--stats-bind=none",
                        "--statsd-addr=127.0.0.1",
                        "--statsd-port=" + statsd.address().getPort(),
                        "--statsd-prefix=a.b",
                        "--statsd-tags-format=datadog",
                        "--statsd-tags=k=v,l=w",
                        "--statsd-tags=m=x")) {
            cli.awaitLinks();
            cli.awaitError("\"stats\":\"none\"");
            statsd.await(lines -> lines.contains("a.b.connections:0|g|#type:secured,protocol:ipv4,k:v,l:w,m:x"));
            assertThat(cli.terminate().awaitExit()).isZero();
        }
    }

    @Test
    void doesNotStartWhereItCannotAnswerPrometheus() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                CliProcess cli = run("--stats-bind=127.0.0.1:" + taken.getLocalPort())) {
            assertThat(cli.awaitExit()).isEqualTo(ExitCodes.CANNOT_START);
            assertThat(cli.err()).contains("mtg-cli: cannot listen for Prometheus on 127.0.0.1 port");
            assertThat(cli.out()).isEmpty();
        }
    }
}
