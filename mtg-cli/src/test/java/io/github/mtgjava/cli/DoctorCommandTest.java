package io.github.mtgjava.cli;

import static io.github.mtgjava.cli.HealthyHost.assertOnly;
import static io.github.mtgjava.cli.HealthyHost.lines;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.mtgjava.MtProxy;
import io.github.mtgjava.Secret;
import io.github.mtgjava.SecretType;
import io.github.mtgjava.cli.Cli.Result;
import io.github.mtgjava.testkit.ClosedPort;
import io.github.mtgjava.testkit.FakeOrigin;
import io.github.mtgjava.testkit.Passage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor on a healthy machine, and on one with a single fault. Everything it asks is on loopback. */
class DoctorCommandTest {

    private HealthyHost host;

    @BeforeEach
    void makeAllWell() throws IOException {
        host = new HealthyHost();
    }

    @AfterEach
    void stop() throws IOException {
        host.close();
    }

    @Test
    void findsNothingWhereAllIsWell() {
        Result result = host.doctor();
        assertThat(result.err()).isEmpty();
        assertThat(lines(result)).allMatch(line -> line.startsWith("OK    "));
        assertThat(lines(result))
                .extracting(line -> line.substring(6, 14).strip())
                .containsExactly("secret", "clock", "telegram", "cloak", "files", "port", "address");
        assertThat(result.code()).isZero();
    }

    @Test
    void saysTheSameInJson() throws IOException {
        try (ClosedPort nobody = ClosedPort.reserve()) {
            host.put("--dc", "2=" + Words.of(nobody.address()));
            List<String> expected = lines(host.doctor());
            Result result = host.doctor("--json");
            JsonObject report = JsonParser.parseString(result.out()).getAsJsonObject();
            assertThat(report.get("ok").getAsBoolean()).isFalse();
            List<String> found = new ArrayList<>();
            for (JsonElement element : report.getAsJsonArray("findings")) {
                JsonObject finding = element.getAsJsonObject();
                found.add(String.format(
                        "%-4s  %-8s  %s",
                        finding.get("status").getAsString().toUpperCase(Locale.ROOT),
                        finding.get("check").getAsString(),
                        finding.get("text").getAsString()));
            }
            // The sizes of records and the times vary from one run to the next.
            assertThat(withoutNumbers(found)).isEqualTo(withoutNumbers(expected));
            assertThat(result.code()).isEqualTo(1);
        }
    }

    private static List<String> withoutNumbers(List<String> lines) {
        return lines.stream().map(line -> line.replaceAll("[0-9]+", "N")).toList();
    }

    @Test
    void findsAPublishedSecret() {
        host.secret(Secret.parse("d0d6e111bada5511fcce9584deadbeef"));
        assertOnly("FAIL  secret", host.doctor());
    }

    @Test
    void findsAWrongClock() throws IOException {
        host.put("--clock-url", host.clock(Instant.now().minusSeconds(600)));
        assertOnly("FAIL  clock", host.doctor());
        host.put("--clock-url", host.clock(Instant.now().plusSeconds(20)));
        assertOnly("WARN  clock", host.doctor());
        host.put("--clock-url", host.serve("no date"));
        assertOnly("WARN  clock", host.doctor());
    }

    @Test
    void findsThatTelegramIsOutOfReach() throws IOException {
        try (ClosedPort nobody = ClosedPort.reserve()) {
            String dead = Words.of(nobody.address());
            host.put("--dc", "2=" + Words.of(host.telegram().address()) + ",4=" + dead);
            assertOnly("FAIL  telegram  DC4", host.doctor());
            host.put("--dc", "2=" + dead + ",4=" + dead);
            assertOnly("FAIL  telegram  no data centre", host.doctor());
        }
    }

    @Test
    void findsThatTheCloakedHostIsNowhere() {
        host.put("--resolve", "other.test=127.0.0.1");
        host.put("--cloak-address", "cloak.invalid");
        assertOnly("FAIL  cloak     cloak.invalid has no address", host.doctor());
    }

    @Test
    void findsThatNobodyAnswersForTheCloakedHost() throws IOException {
        try (ClosedPort nobody = ClosedPort.reserve()) {
            host.put("--cloak-port", Integer.toString(nobody.address().getPort()));
            assertOnly("FAIL  cloak", host.doctor());
        }
    }

    @Test
    void findsThatTheCloakedHostIsTheProxyItself() {
        host.put("--bind", "127.0.0.1:9");
        host.put("--cloak-port", "9");
        assertOnly("FAIL  cloak     " + FakeOrigin.HOST + " port 9 is this proxy itself", host.doctor());
    }

    @Test
    void findsAnOldTls() throws IOException {
        try (FakeOrigin old = FakeOrigin.startTls12()) {
            host.put("--cloak-port", Integer.toString(old.address().getPort()));
            Result result = host.doctor();
            assertOnly("FAIL  cloak", result);
            assertThat(result.out()).contains("does not speak TLS 1.3");
        }
    }

    @Test
    void speaksTheProxyProtocolWithACloakedSiteThatExpectsIt() throws IOException {
        try (Passage gate = Passage.behindProxyHeader(host.origin())) {
            host.put("--cloak-port", Integer.toString(gate.address().getPort()));
            assertOnly("FAIL  cloak", host.doctor());
            Result result = host.doctor("--cloak-proxy-protocol");
            assertThat(result.out()).contains("OK    cloak");
            assertThat(result.code()).isZero();
        }
    }

    @Test
    void findsTheCertificateOfAnotherHost() {
        host.secret(Secret.generateTls("other.test"));
        host.put("--resolve", "other.test=127.0.0.1");
        Result result = host.doctor();
        assertOnly("FAIL  cloak", result);
        assertThat(result.out()).contains("its certificate is not good for other.test");
    }

    @Test
    void findsACertificateThatNobodyVouchesFor() {
        host.remove("--ca-file");
        assertOnly("FAIL  cloak", host.doctor());
    }

    @Test
    void findsThatTheHostIsAtHomeElsewhere() throws IOException {
        host.put("--public-ipv4", "203.0.113.5");
        host.put("--public-ip-url", host.serve("203.0.113.5\n"));
        Result result = host.doctor();
        assertOnly("WARN  cloak", result);
        assertThat(result.out()).contains("leads to 127.0.0.1, not here");
    }

    @Test
    void findsThatFilesAreTooFew() {
        host.put("--max-connections", "2000000000");
        assertOnly("FAIL  files", host.doctor());
    }

    @Test
    void findsAStrangerAtThePort() throws IOException {
        try (ServerSocket stranger = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread hangsUp = new Thread(() -> {
                try {
                    stranger.accept().close();
                } catch (IOException closed) {
                    Thread.currentThread().interrupt();
                }
            });
            hangsUp.setDaemon(true);
            hangsUp.start();
            host.put("--bind", "127.0.0.1:" + stranger.getLocalPort());
            assertOnly("FAIL  port", host.doctor());
        }
    }

    @Test
    void recognisesItsOwnProxy() throws IOException {
        for (Secret each : new Secret[] {host.secret(), Secret.generate(SecretType.SECURED)}) {
            host.secret(each);
            try (MtProxy proxy = host.proxy(host.telegram().address())) {
                proxy.start();
                host.put("--bind", Words.of(proxy.address()));
                assertThat(host.doctor().out()).contains("this proxy runs there already");
            }
        }
    }

    @Test
    void doesNotBlameThePortForTelegram() throws IOException {
        try (ClosedPort nobody = ClosedPort.reserve();
                MtProxy proxy = host.proxy(nobody.address())) {
            proxy.start();
            host.put("--bind", Words.of(proxy.address()));
            host.put("--dc", "2=" + Words.of(nobody.address()));
            assertOnly("FAIL  telegram", host.doctor());
        }
    }

    @Test
    void findsAWrongPublicAddress() throws IOException {
        host.put("--public-ip-url", host.serve("203.0.113.77\n"));
        assertOnly("WARN  address", host.doctor());
        host.put("--public-ip-url", "none");
        assertThat(host.doctor().code()).isZero();
        host.remove("--public-ipv4");
        assertOnly("WARN  address", host.doctor());
    }

    @Test
    void endsInTimeWhateverHangs() throws IOException {
        host.put("--clock-url", host.keep(OneShotServer.silent("127.0.0.1", "HTTP/1.1 200 OK\r\n")));
        host.put("--timeout", "2s");
        assertOnly("WARN  clock", host.doctor());
    }

    @Test
    void refusesWrongUsage(@TempDir Path directory) throws IOException {
        assertUsage(new Cli().execute("doctor"), "the secret is missing");
        assertUsage(host.doctor("1234"), "<adtag>: an ad tag is 32 hex digits");
        host.remove("--ca-file");
        Path empty = Files.writeString(directory.resolve("ca.pem"), "");
        assertUsage(host.doctor("--ca-file=" + empty), "--ca-file: ");
        assertUsage(host.doctor("--ca-file=" + directory.resolve("none")), "--ca-file: ");
        for (String wrong : new String[] {"0", "2h", "9999999h"}) {
            host.put("--timeout", wrong);
            assertUsage(host.doctor(), "--timeout: expected more than nothing");
        }
        host.put("--timeout", "20s");
        host.put("--max-connections", "0");
        assertUsage(host.doctor(), "--max-connections: 0 is not between");
        host.put("--resolve", "www.example.com");
        assertUsage(host.doctor(), "--resolve: expected HOST=ADDRESS");
        host.put("--clock-url", "ftp://x/");
        assertUsage(host.doctor(), "--clock-url: expected a URL");
    }

    @Test
    void takesTheSecretFromWhereRunDoes(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), host.secret().base64Url() + "\n");
        List<String> arguments = host.arguments();
        arguments.add("--secret-file=" + file);
        assertThat(new Cli().execute(arguments.toArray(String[]::new)).code()).isZero();
        assertThat(new Cli()
                        .with("MTG_SECRET", host.secret().hex())
                        .execute(host.arguments().toArray(String[]::new))
                        .code())
                .isZero();
        arguments = host.arguments();
        arguments.add("-");
        assertThat(new Cli()
                        .withInput(host.secret().hex() + "\n")
                        .execute(arguments.toArray(String[]::new))
                        .code())
                .isZero();
    }

    @Test
    void explainsItself() {
        Result help = new Cli().execute("help", "doctor");
        assertThat(help.code()).isZero();
        assertThat(help.out()).contains("Examination:", "--clock-url", "Exit codes:", "Examples:");
        assertThat(new Cli().execute("help", "run").out()).doesNotContain("Examination:", "--clock-url");
    }

    private static void assertUsage(Result result, String expected) {
        assertThat(result.err()).contains(expected).hasLineCount(2);
        assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(result.out()).isEmpty();
    }
}
