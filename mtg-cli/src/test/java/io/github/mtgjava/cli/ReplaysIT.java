package io.github.mtgjava.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.mtgjava.Secret;
import io.github.mtgjava.testkit.ClientOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program remembers handshakes from before its restart. */
@Timeout(180)
class ReplaysIT {

    private static final String HOST = "localhost";
    private static final Secret SECRET = Secret.generateTls(HOST);
    private static final byte HANDSHAKE_RECORD = 0x16;

    @TempDir
    Path directory;

    private OneShotServer site;
    private int port;

    @BeforeEach
    void findPlaces() throws IOException {
        site = OneShotServer.raw("127.0.0.1", "HTTP/1.1 400 Bad Request\r\n\r\n");
        port = findPort();
    }

    /** Below those that a system hands out: between two starts of the proxy it would hand out this one, too. */
    private static int findPort() {
        int candidate = 0;
        while (candidate == 0 || !canListenOn("127.0.0.1", candidate)) {
            candidate = ThreadLocalRandom.current().nextInt(10_000, 30_000);
        }
        return candidate;
    }

    @AfterEach
    void closeSite() throws IOException {
        site.close();
    }

    private CliProcess start(Map<String, String> environment, String host, Path cache, String... args)
            throws IOException {
        List<String> all = new ArrayList<>(List.of(
                "run",
                "--bind=" + host + ":" + port,
                "--public-ip-url=none",
                "--cache-dir=" + cache,
                "--cloak-address=127.0.0.1:" + site.port()));
        all.addAll(List.of(args));
        all.add(SECRET.hex());
        return CliProcess.start(environment, all.toArray(String[]::new));
    }

    private CliProcess start(String... args) throws IOException {
        return start(Map.of(), "127.0.0.1", directory, args);
    }

    private ClientOptions client() {
        return ClientOptions.tls(new InetSocketAddress("127.0.0.1", port), SECRET.key(), HOST);
    }

    /** The beginning of what comes back. */
    private byte[] play(byte[] hello, CliProcess cli) throws Exception {
        cli.awaitLinks();
        try (Socket socket = client().openSocket()) {
            socket.getOutputStream().write(hello);
            // Gets the answer of the site, if that is shown.
            socket.getOutputStream().write("\r\n\r\n".getBytes(US_ASCII));
            return socket.getInputStream().readNBytes(8);
        }
    }

    @Test
    void aHelloFromBeforeTheRestartIsShownTheSite() throws Exception {
        byte[] hello = client().clientHello();
        try (CliProcess cli = start()) {
            assertThat(play(hello, cli)[0]).isEqualTo(HANDSHAKE_RECORD);
            assertThat(cli.terminate().awaitExit()).isZero();
            assertThat(troubles(cli)).isEmpty();
        }
        assertThat(directory.resolve("replay-" + port)).isDirectory();
        try (CliProcess cli = start()) {
            assertThat(new String(play(hello, cli), US_ASCII)).isEqualTo("HTTP/1.1");
            cli.awaitError("\"event\":\"replay\"");
            assertThat(play(client().clientHello(), cli)[0]).isEqualTo(HANDSHAKE_RECORD);
            assertThat(cli.terminate().awaitExit()).isZero();
        }
    }

    /** A second at the most is lost when nobody can say goodbye. */
    @Test
    void aKilledProxyRemembersToo() throws Exception {
        byte[] hello = client().clientHello();
        try (CliProcess cli = start()) {
            assertThat(play(hello, cli)[0]).isEqualTo(HANDSHAKE_RECORD);
            awaitRecord(directory.resolve("replay-" + port).resolve("handshakes-000000000001"));
            cli.process().destroyForcibly().waitFor();
        }
        try (CliProcess cli = start()) {
            assertThat(new String(play(hello, cli), US_ASCII)).isEqualTo("HTTP/1.1");
            assertThat(cli.terminate().awaitExit()).isZero();
        }
    }

    /** The lines about what is kept. */
    private static List<String> troubles(CliProcess cli) {
        return cli.err()
                .lines()
                .filter(line -> line.contains("\"event\":\"replay_") || line.contains("\"event\":\"replays_"))
                .toList();
    }

    private static void awaitRecord(Path file) throws IOException {
        long deadline = System.nanoTime() + 20_000_000_000L;
        while (!Files.exists(file) || Files.size(file) < 60) {
            assertThat(deadline - System.nanoTime()).as("time left").isPositive();
            Thread.onSpinWait();
        }
    }

    @Test
    void forgetsIfItIsToldTo() throws Exception {
        byte[] hello = client().clientHello();
        try (CliProcess cli = start("--no-keep-replays")) {
            assertThat(play(hello, cli)[0]).isEqualTo(HANDSHAKE_RECORD);
            assertThat(cli.terminate().awaitExit()).isZero();
        }
        try (CliProcess cli = start(Map.of("MTG_KEEP_REPLAYS", "no"), "127.0.0.1", directory)) {
            assertThat(play(hello, cli)[0]).isEqualTo(HANDSHAKE_RECORD);
            assertThat(cli.terminate().awaitExit()).isZero();
        }
        try (CliProcess cli = start("--anti-replay-max-size=0")) {
            assertThat(play(hello, cli)[0]).isEqualTo(HANDSHAKE_RECORD);
            assertThat(cli.terminate().awaitExit()).isZero();
            assertThat(troubles(cli)).isEmpty();
        }
        assertThat(directory.resolve("replay-" + port)).doesNotExist();
    }

    @Test
    void startsWithADamagedFileAndSaysSo() throws Exception {
        Path file = Files.createDirectory(directory.resolve("replay-" + port)).resolve("handshakes-000000000001");
        Files.writeString(file, "damaged");
        try (CliProcess cli = start()) {
            cli.awaitError("\"event\":\"replay_file_refused\"");
            assertThat(play(client().clientHello(), cli)[0]).isEqualTo(HANDSHAKE_RECORD);
            assertThat(cli.terminate().awaitExit()).isZero();
            assertThat(troubles(cli)).singleElement().asString().contains(file.toString());
        }
        try (CliProcess cli = start()) {
            cli.awaitLinks();
            assertThat(cli.terminate().awaitExit()).isZero();
            assertThat(troubles(cli)).isEmpty();
        }
    }

    @Test
    void startsWithoutADirectoryThatItMayUseAndSaysSo() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));
        byte[] hello = client().clientHello();
        try (CliProcess cli = start(Map.of(), "127.0.0.1", file)) {
            cli.awaitError("\"event\":\"replays_not_kept\"");
            assertThat(play(hello, cli)[0]).isEqualTo(HANDSHAKE_RECORD);
            assertThat(new String(play(hello, cli), US_ASCII)).isEqualTo("HTTP/1.1");
            assertThat(cli.terminate().awaitExit()).isZero();
        }
    }

    @Test
    void aSecondOneOnThePortRemembersInMemoryOnly() throws Exception {
        assumeTrue(canListenOn("127.0.0.2", 0), "some systems have one loopback address only");
        try (CliProcess first = start()) {
            assertThat(play(client().clientHello(), first)[0]).isEqualTo(HANDSHAKE_RECORD);
            try (CliProcess second = start(Map.of(), "127.0.0.2", directory)) {
                second.awaitError("another proxy keeps its handshakes there");
                second.awaitLinks();
                assertThat(second.terminate().awaitExit()).isZero();
            }
            assertThat(first.terminate().awaitExit()).isZero();
            assertThat(troubles(first)).isEmpty();
        }
    }

    private static boolean canListenOn(String host, int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(host, port));
            return true;
        } catch (IOException no) {
            return false;
        }
    }
}
