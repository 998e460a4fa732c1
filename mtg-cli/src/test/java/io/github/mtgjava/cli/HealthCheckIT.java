package io.github.mtgjava.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.github.mtgjava.Secret;
import io.github.mtgjava.SecretType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the image's HEALTHCHECK runs, against the packaged program and against others. */
@Timeout(120)
class HealthCheckIT {

    private static final Path CHECK =
            Path.of("..", "deploy", "docker", "healthcheck").toAbsolutePath();

    @BeforeAll
    static void needsBash() {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "the health check of the image needs /bin/bash");
    }

    @Test
    void succeedsWhileTheProxyRunsAndFailsAfterwards() throws Exception {
        try (CliProcess cli = CliProcess.start(
                Map.of(),
                "run",
                "-v",
                "--bind=127.0.0.1:0",
                "--public-ip-url=none",
                Secret.generate(SecretType.SECURED).hex())) {
            cli.awaitLinks();
            cli.awaitError("\"event\":\"started\"");
            String stats = cli.err().replaceAll("(?s).*\"stats\":\"([^\"]+)\".*", "$1");
            String port = stats.substring(stats.lastIndexOf(':') + 1);
            for (String bind : List.of(stats, "0.0.0.0:" + port, ":" + port)) {
                assertThat(exitCode(bind)).as(bind).isZero();
            }
            assertThat(cli.terminate().awaitExit()).isZero();
            assertThat(exitCode(stats)).isNotZero();
        }
    }

    @Test
    void failsWhereTheProxyIsNotWell() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
        server.createContext("/healthz", exchange -> {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        server.start();
        try {
            assertThat(exitCode("127.0.0.1:" + server.getAddress().getPort())).isNotZero();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void doesNotWaitForeverForAnAnswer() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(exitCode("127.0.0.1:" + silent.getLocalPort())).isNotZero();
        }
    }

    private static int exitCode(String statsBind) throws IOException, InterruptedException {
        try (CliProcess check =
                CliProcess.startCommand(Map.of("MTG_STATS_BIND", statsBind), List.of(CHECK.toString()))) {
            return check.awaitExit();
        }
    }
}
