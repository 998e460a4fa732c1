package io.github.mtgjava.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.mtgjava.examples.redis.FakeRedis;
import io.github.mtgjava.testkit.ClosedPort;
import io.github.mtgjava.testkit.FakeOrigin;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands of README.md, with secrets and ports that keep everything on this machine. */
@Timeout(60)
class ExamplesIT {

    private static final String SECRET = ProxyWithParts.SECURED;

    @TempDir
    private Path directory;

    @BeforeEach
    void thereIsAShell() {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "the script that runs the examples needs /bin/sh");
    }

    @ParameterizedTest
    @ValueSource(strings = {"EmbedProxy", "CountingObserver", "LearningBlocklist"})
    void proxiesServeUntilTheyAreToldToEnd(String name) throws Exception {
        try (ExampleProcess process = ExampleProcess.script(name, SECRET, "0")) {
            visitStrangely(process.awaitAddress());
            process.terminate();
            String rest = process.rest();
            assertThat(process.awaitEnd()).isEqualTo(ExampleProcess.ENDED_BY_SIGTERM);
            assertThat(process.errors()).isEmpty();
            assertThat(rest.contains("0 clients with 64 bytes; 1 refused, 0 of them replays"))
                    .isEqualTo(name.equals("CountingObserver"));
        }
    }

    @Test
    void theServiceTellsItsHealth() throws Exception {
        try (ExampleProcess process = ExampleProcess.script("EmbedInService", SECRET, "0", "0")) {
            String health = process.await(Pattern.compile("(http://127\\.0\\.0\\.1:[0-9]+/health)"));
            try (InputStream body = URI.create(health).toURL().openStream()) {
                assertThat(body.readAllBytes()).asString().isEqualTo("ok\n");
            }
            process.terminate();
            assertThat(process.awaitEnd()).isEqualTo(ExampleProcess.ENDED_BY_SIGTERM);
            assertThat(process.errors()).isEmpty();
        }
    }

    @Test
    void theAuditTrailIsWholeWhenTheProcessHasEnded() throws Exception {
        Path file = directory.resolve("audit.jsonl");
        try (ExampleProcess process = ExampleProcess.script("AuditTrail", SECRET, "0", file.toString())) {
            visitStrangely(process.awaitAddress());
            process.terminate();
            assertThat(process.awaitEnd()).isEqualTo(ExampleProcess.ENDED_BY_SIGTERM);
        }
        assertThat(Files.readString(file))
                .contains("\"event\":\"refused\",\"conn\":1,\"reason\":\"bad_frame\"}")
                .contains("\"event\":\"closed\",\"conn\":1,\"reason\":\"refused\",\"from_client\":64,")
                .doesNotContain(SECRET.substring(2));
    }

    @Test
    void theProxyWithRedisIsReadyForClientsOnceItIsConnected() throws Exception {
        try (FakeRedis redis = new FakeRedis();
                ExampleProcess process = ExampleProcess.script(withRedis(redis.uri()), "redis.RedisProxy")) {
            visitStrangely(process.awaitAddress());
            String port = process.await(Pattern.compile("health and metrics on port ([0-9]+)"));
            URL ready =
                    URI.create("http://127.0.0.1:" + port + "/readyz/clients").toURL();
            while (((HttpURLConnection) ready.openConnection()).getResponseCode() != 200) {
                Thread.sleep(10);
            }
            process.terminate();
            assertThat(process.awaitEnd()).isEqualTo(ExampleProcess.ENDED_BY_SIGTERM);
        }
    }

    private static Map<String, String> withRedis(String uri) {
        return Map.of(
                "MTG_SECRET",
                SECRET,
                "MTG_BIND",
                "127.0.0.1:0",
                "MTG_STATS_BIND",
                "127.0.0.1:0",
                "MTG_REDIS",
                uri,
                "MTG_NOTICE",
                "0");
    }

    @Test
    void theProbeAnswersByItsExitCode() throws Exception {
        String other = ProxyWithParts.TLS.replace("001122", "221100");
        try (FakeOrigin site = FakeOrigin.start();
                ProxyWithParts proxy =
                        new ProxyWithParts(ProxyWithParts.TLS, builder -> builder.cloakAddress(site.address()));
                ClosedPort closed = ClosedPort.reserve()) {
            String address = "127.0.0.1:" + proxy.address().getPort();
            assertProbe("yes.*", 0, address, ProxyWithParts.TLS);
            assertProbe("no: .*", 1, address, other);
            assertProbe("unreachable: .*", 3, "127.0.0.1:" + closed.address().getPort(), other);
            assertProbe("", 2, address, SECRET);
            assertProbe("", 2, "127.0.0.1", ProxyWithParts.TLS);
            assertProbe("", 2, "127.0.0.1:http", ProxyWithParts.TLS);
            assertProbe("", 2, "127.0.0.1:65536", ProxyWithParts.TLS);
        }
    }

    private static void assertProbe(String says, int exitCode, String... arguments) throws Exception {
        try (ExampleProcess process = ExampleProcess.script("FakeTlsProbe", arguments)) {
            assertThat(process.rest()).matches(says);
            assertThat(process.awaitEnd()).isEqualTo(exitCode);
            assertThat(process.errors().contains("usage")).isEqualTo(exitCode == 2);
        }
    }

    @Test
    void theProbeTakesNothingButTheCodecs() throws Exception {
        String classPath;
        try (Stream<Path> libraries = Files.list(Path.of("target/lib"))) {
            classPath = libraries
                    .filter(file -> file.getFileName().toString().matches("mtg-(crypto|transport)-.*"))
                    .map(Path::toString)
                    .collect(Collectors.joining(":", "target/classes:", ""));
        }
        try (ProxyWithParts proxy = new ProxyWithParts(ProxyWithParts.TLS, builder -> builder);
                ExampleProcess process = ExampleProcess.java(
                        classPath,
                        FakeTlsProbe.class,
                        "127.0.0.1:" + proxy.address().getPort(),
                        ProxyWithParts.TLS)) {
            assertThat(process.rest()).startsWith("yes");
            assertThat(process.awaitEnd()).isZero();
        }
    }

    @Test
    void theLoadGeneratorMeasures() throws Exception {
        try (ExampleProcess process = ExampleProcess.script(
                "load.Load", "demo", "--scenario", "echo", "--connections", "2", "--messages", "100")) {
            assertThat(process.rest())
                    .matches("\\{\"scenario\":\"echo\",\"mode\":\"tls\",\"connections\":2,\"payload_bytes\":20000,.*"
                            + "\"messages\":100,.*\"p99_us\":[0-9.]+,.*\"errors\":0}");
            assertThat(process.awaitEnd()).isZero();
            assertThat(process.errors()).isEmpty();
        }
    }

    @Test
    void whatIsWrongIsSaidInALine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
            assertFails(1, "cannot .*", "CountingObserver", SECRET, Integer.toString(taken.getLocalPort()));
        }
        assertFails(2, "not a number: many", "LearningBlocklist", SECRET, "0", "many");
        assertFails(2, "times: less than 1: 0", "LearningBlocklist", SECRET, "0", "0");
        assertFails(
                2,
                "the secret is too short.*",
                "AuditTrail",
                "ee001122",
                "0",
                directory.resolve("a").toString());
        assertFails(
                1,
                ".*NoSuchFile.*",
                "AuditTrail",
                SECRET,
                "0",
                directory.resolve("no/file").toString());
        assertFails(2, "MTG_SECRET or MTG_SECRET_FILE is needed", "redis.RedisProxy");
        assertFails(2, "example: there is no Nonsense.*", "Nonsense");
    }

    private static void assertFails(int exitCode, String says, String name, String... arguments) throws Exception {
        try (ExampleProcess process = ExampleProcess.script(name, arguments)) {
            assertThat(process.rest()).isEmpty();
            assertThat(process.awaitEnd()).isEqualTo(exitCode);
            assertThat(process.errors().strip()).matches(says);
        }
    }

    /** Sends what no secret makes sense of, and waits until the proxy is done with it. */
    private static void visitStrangely(InetSocketAddress proxy) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(proxy, 20_000);
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(new byte[64]);
            socket.shutdownOutput();
            assertThat(socket.getInputStream().read()).isNegative();
        }
    }
}
