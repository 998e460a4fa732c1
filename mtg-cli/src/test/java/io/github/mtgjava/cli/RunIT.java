package io.github.mtgjava.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.mtgjava.Secret;
import io.github.mtgjava.SecretType;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.FakeClient;
import io.github.mtgjava.testkit.FakeTelegram;
import io.github.mtgjava.testkit.RecordingOrigin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code run} in a process of its own, from its start to its end by a signal. */
@Timeout(180)
class RunIT {

    private static final Secret SECRET = Secret.generate(SecretType.SECURED);

    @Test
    void printsLinksAndStopsWithSuccessOnSigterm() throws Exception {
        try (CliProcess cli = run(Map.of(), SECRET.hex())) {
            JsonObject links = cli.awaitLinks();
            assertThat(links.keySet()).containsExactly("ipv4", "secret_for_mtproxybot");
            assertThat(links.get("secret_for_mtproxybot").getAsString()).isEqualTo(SECRET.keyHex());
            assertThat(links.getAsJsonObject("ipv4").get("tg_url").getAsString())
                    .isEqualTo("tg://proxy?port=" + CliProcess.port(links) + "&secret=" + SECRET.hex()
                            + "&server=127.0.0.1");
            assertThat(cli.terminate().awaitExit()).isZero();
        }
    }

    @Test
    void stopsWithSuccessOnSigint() throws Exception {
        assumeFalse(
                Signals.isIgnored(Signals.SIGINT),
                "a process whose parent ignores SIGINT, as shells make it for jobs in the background");
        try (CliProcess cli = run(Map.of(), SECRET.hex())) {
            cli.awaitLinks();
            Signals.send("INT", cli.process());
            assertThat(cli.awaitExit()).isZero();
        }
    }

    @Test
    void takesTheSecretFromStandardInput() throws Exception {
        try (CliProcess cli = run(Map.of(), "-").input(SECRET.base64Url())) {
            assertServes(cli);
        }
    }

    @Test
    void takesTheSecretFromAFile() throws Exception {
        String file =
                CliProcess.temporaryFile(SECRET.hex() + "\r\nanother line\n").toString();
        try (CliProcess cli = run(Map.of(), "--secret-file", file)) {
            assertServes(cli);
        }
    }

    @Test
    void takesSecretAndOptionsFromTheEnvironment() throws Exception {
        Map<String, String> environment = Map.of(
                "MTG_SECRET",
                SECRET.hex(),
                "MTG_BIND",
                "127.0.0.1:0",
                "MTG_PUBLIC_IP_URL",
                "none",
                "MTG_VERBOSE",
                "true");
        try (CliProcess cli = CliProcess.start(environment, "run")) {
            assertServes(cli);
            assertThat(cli.err()).contains("\"event\":\"started\"");
        }
    }

    @Test
    void saysInOneLineThatTheAddressIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
                CliProcess cli = run(Map.of(), "--bind=127.0.0.1:" + taken.getLocalPort(), SECRET.hex())) {
            assertThat(cli.awaitExit()).isEqualTo(ExitCodes.CANNOT_START);
            assertThat(cli.err()).startsWith("mtg-cli: cannot listen on").hasLineCount(1);
            assertThat(cli.out()).isEmpty();
        }
    }

    @Test
    void looksThePublicAddressUp() throws Exception {
        try (OneShotServer service = OneShotServer.http("127.0.0.1", "203.0.113.5\n");
                CliProcess cli = run(Map.of("MTG_PUBLIC_IP_URL", service.url().toString()), SECRET.hex())) {
            assertThat(cli.awaitLinks().toString()).contains("server=203.0.113.5");
            assertThat(cli.terminate().awaitExit()).isZero();
            assertThat(cli.err()).isEmpty();
        }
    }

    @Test
    void relaysAndLogsWithoutEverShowingTheSecret() throws Exception {
        Secret secret = Secret.generateTls("localhost");
        try (FakeTelegram telegram = FakeTelegram.start();
                OneShotServer cloaked = OneShotServer.raw("127.0.0.1", "HTTP/1.1 400 Bad Request\r\n\r\n");
                CliProcess cli = run(
                        Map.of(),
                        "-d",
                        "--dc=2=127.0.0.1:" + telegram.address().getPort(),
                        "--cloak-address=127.0.0.1:" + cloaked.port(),
                        secret.hex())) {
            InetSocketAddress proxy = new InetSocketAddress("127.0.0.1", CliProcess.port(cli.awaitLinks()));
            ClientOptions options = ClientOptions.tls(proxy, secret.key(), "localhost");
            try (FakeClient client = options.connect()) {
                client.both(300_000, 500_000, 1);
            }
            ClientOptions stranger =
                    ClientOptions.tls(proxy, Secret.generateTls("localhost").key(), "localhost");
            try (var socket = stranger.openSocket()) {
                socket.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(UTF_8));
                assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                        .startsWith("HTTP/1.1 400 ");
            }
            cli.awaitError("\"refusal\":\"not_tls\"");
            cli.awaitError("\"reason\":\"client_closed\"");
            assertThat(cli.terminate().awaitExit()).isZero();
            assertThat(events(cli.err()))
                    .contains(
                            "started",
                            "accepted",
                            "handshake_done",
                            "telegram_connected",
                            "refused",
                            "cloaked",
                            "closed",
                            "stopping",
                            "stopped");
            assertThat(cli.err()).doesNotContain(secret.keyHex(), secret.hex(), secret.base64Url());
            telegram.assertHealthy();
        }
    }

    @Test
    void believesTheBalancersThatItIsToldToAndTellsTheSite() throws Exception {
        byte[] header = "PROXY TCP4 192.0.2.1 203.0.113.5 56324 443\r\n".getBytes(UTF_8);
        byte[] toSite = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a2111000cc0000201cb007105dc0401bb");
        Map<String, String> environment =
                Map.of("MTG_PROXY_PROTOCOL", "true", "MTG_TRUSTED_PROXIES", "10.0.0.0/8,127.0.0.1");
        try (FakeTelegram telegram = FakeTelegram.start();
                RecordingOrigin site = RecordingOrigin.start();
                CliProcess cli = run(
                        environment,
                        "-d",
                        "--dc=2=127.0.0.1:" + telegram.address().getPort(),
                        "--cloak-proxy-protocol",
                        "--cloak-address=127.0.0.1:" + site.address().getPort(),
                        SECRET.hex())) {
            InetSocketAddress proxy = new InetSocketAddress("127.0.0.1", CliProcess.port(cli.awaitLinks()));
            ClientOptions options = ClientOptions.secured(proxy, SECRET.key());
            try (FakeClient client = options.withPreamble(header).connect()) {
                assertThat(client.echo(new byte[1000])).hasSize(1000);
            }
            cli.awaitError("\"client\":\"192.0.2.1:56324\"");
            try (Socket visitor = options.openSocket()) {
                visitor.getOutputStream().write(header);
                visitor.shutdownOutput();
                assertThat(site.awaitVisit(0).awaitBytes(toSite.length)).isEqualTo(toSite);
            }
            assertThat(cli.terminate().awaitExit()).isZero();
        }
    }

    @Test
    void goesOnWhenNobodyReadsItsErrors() throws Exception {
        try (FakeTelegram telegram = FakeTelegram.start();
                CliProcess cli = run(
                        Map.of(), "-d", "--dc=2=127.0.0.1:" + telegram.address().getPort(), SECRET.hex())) {
            cli.process().getErrorStream().close();
            InetSocketAddress proxy = new InetSocketAddress("127.0.0.1", CliProcess.port(cli.awaitLinks()));
            for (int i = 0; i < 3; i++) {
                try (FakeClient client =
                        ClientOptions.secured(proxy, SECRET.key()).connect()) {
                    assertThat(client.echo(new byte[1000])).hasSize(1000);
                }
            }
            assertThat(cli.terminate().awaitExit()).isZero();
        }
    }

    @Test
    void goesOnAndStopsWhileItsErrorsPileUp() throws Exception {
        try (FakeTelegram telegram = FakeTelegram.start();
                CliProcess cli = CliProcess.startUnread(
                        Map.of(),
                        "run",
                        "-d",
                        "--bind=127.0.0.1:0",
                        "--public-ip-url=none",
                        "--dc=2=127.0.0.1:" + telegram.address().getPort(),
                        SECRET.hex())) {
            InetSocketAddress proxy = new InetSocketAddress("127.0.0.1", CliProcess.port(cli.awaitLinks()));
            ClientOptions options = ClientOptions.secured(proxy, SECRET.key());
            // Some 600 bytes of log each, into a pipe that holds 64 KiB.
            for (int i = 0; i < 300; i++) {
                try (FakeClient client = options.connect()) {
                    assertThat(client.echo(new byte[10])).hasSize(10);
                }
            }
            assertThat(cli.terminate().awaitExit()).isZero();
        }
    }

    /** Log lines that are not JSON, or that have no time or message, fail here. */
    private static List<String> events(String err) {
        List<String> events = new ArrayList<>();
        err.lines().forEach(line -> {
            JsonObject json = JsonParser.parseString(line).getAsJsonObject();
            assertThat(json.keySet()).startsWith("ts", "level", "logger", "msg");
            if (json.has("event")) {
                events.add(json.get("event").getAsString());
            }
        });
        return events;
    }

    private static void assertServes(CliProcess cli) throws InterruptedException {
        assertThat(cli.awaitLinks().get("secret_for_mtproxybot").getAsString()).isEqualTo(SECRET.keyHex());
        assertThat(cli.terminate().awaitExit()).isZero();
        assertThat(cli.err()).doesNotContain(SECRET.keyHex(), SECRET.base64Url());
    }

    /** On a loopback address, and without a question to the Internet. Arguments win over these settings. */
    private static CliProcess run(Map<String, String> environment, String... args) throws IOException {
        Map<String, String> variables = new HashMap<>(Map.of("MTG_BIND", "127.0.0.1:0", "MTG_PUBLIC_IP_URL", "none"));
        variables.putAll(environment);
        List<String> all = new ArrayList<>(List.of("run"));
        all.addAll(List.of(args));
        return CliProcess.start(variables, all.toArray(String[]::new));
    }
}
