package io.github.mtgjava.cli.stats;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.UnixOperatingSystemMXBean;
import io.github.mtgjava.MtProxyException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(90)
class StatsServerTest {

    private static final int READ_LIMIT_MILLIS = 40_000;

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final AtomicBoolean alive = new AtomicBoolean(true);
    private final AtomicBoolean ready = new AtomicBoolean(true);
    private final StatsServer server = start(0);

    private StatsServer start(int port) {
        Gauge.builder("mtg.connections", () -> 3).register(registry);
        InetSocketAddress bind = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        return StatsServer.start(bind, registry, alive::get, ready::get);
    }

    @AfterEach
    void close() {
        server.close();
    }

    private record Answer(int status, String type, String text) {}

    private Answer ask(String method, String path, String accept) throws IOException {
        URI uri = URI.create("http://127.0.0.1:" + server.address().getPort() + path);
        HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setRequestProperty("Accept", accept);
        connection.setReadTimeout(READ_LIMIT_MILLIS);
        int status = connection.getResponseCode();
        try (var body = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            String text = body == null ? "" : new String(body.readAllBytes(), US_ASCII);
            return new Answer(status, String.valueOf(connection.getContentType()), text);
        }
    }

    @Test
    void hasTheMetricsAtEveryPath() throws Exception {
        for (String path : List.of("/", "/metrics", "/anything/else?at=all", "/healthzfoo", "/readyz/x")) {
            Answer answer = ask("GET", path, "*/*");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.type()).isEqualTo(Accept.TEXT);
            assertThat(answer.text()).contains("mtg_connections 3.0\n");
        }
    }

    @Test
    void speaksOpenMetricsWithWhoAsksForIt() throws Exception {
        Answer answer = ask("GET", "/metrics", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");
        assertThat(answer.type()).isEqualTo(Accept.OPEN_METRICS);
        assertThat(answer.text()).endsWith("# EOF\n");
    }

    @Test
    void tellsWhetherTheProxyIsWell() throws Exception {
        assertThat(ask("GET", "/healthz", "*/*").text()).isEqualTo("ok\n");
        assertThat(ask("GET", "/readyz", "*/*").status()).isEqualTo(200);
        ready.set(false);
        assertThat(ask("GET", "/readyz", "*/*").status()).isEqualTo(503);
        assertThat(ask("GET", "/healthz", "*/*").status()).isEqualTo(200);
        alive.set(false);
        Answer dead = ask("GET", "/healthz", "*/*");
        assertThat(dead.status()).isEqualTo(503);
        assertThat(dead.text()).contains("event loop").hasLineCount(1);
    }

    @Test
    void answersHeadWithoutABodyAndNothingElse() throws Exception {
        Answer head = ask("HEAD", "/metrics", "*/*");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.text()).isEmpty();
        for (String method : List.of("POST", "PUT", "DELETE")) {
            assertThat(ask(method, "/metrics", "*/*").status()).isEqualTo(405);
        }
    }

    @Test
    void saysWhatToDoWhenThePortIsTaken() {
        int taken = server.address().getPort();
        assertThatExceptionOfType(MtProxyException.class)
                .isThrownBy(() -> start(taken))
                .withMessageContaining("port " + taken)
                .withMessageContaining("--stats-bind");
    }

    @Test
    void survivesScrapersThatAreSlowOrNeverReadOrLeave() throws Exception {
        ask("GET", "/metrics", "*/*");
        long before = descriptors();
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                sockets.add(say(""));
                sockets.add(say("GET /met"));
                sockets.add(say("GET / HTTP/1.1\r\nHost: x\r\nX-Drip: "));
                sockets.add(say("GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
                say("GET / HTTP/1.1\r\nHost: x\r\n\r\n").close();
                say("garbage \0\1\2\r\n\r\n").close();
            }
            Answer answer = ask("GET", "/metrics", "*/*");
            assertThat(answer.text()).contains("mtg_connections 3.0\n");
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
        long deadline = System.nanoTime() + Duration.ofSeconds(40).toNanos();
        while (descriptors() > before + 5) {
            assertThat(deadline - System.nanoTime())
                    .as("open files come down to %d", before)
                    .isPositive();
            ask("GET", "/healthz", "*/*");
        }
    }

    private Socket say(String text) throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort());
        socket.getOutputStream().write(text.getBytes(US_ASCII));
        return socket;
    }

    private static long descriptors() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }
}
