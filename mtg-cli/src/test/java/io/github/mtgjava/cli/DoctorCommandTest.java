package io.github.mtgjava.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import io.github.mtgjava.MtProxy;
import io.github.mtgjava.Secret;
import io.github.mtgjava.SecretType;
import io.github.mtgjava.cli.Cli.Result;
import io.github.mtgjava.testkit.ClosedPort;
import io.github.mtgjava.testkit.FakeOrigin;
import io.github.mtgjava.testkit.FakeTelegram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor on a healthy machine, and on one with a single fault. Everything it asks is on loopback. */
class DoctorCommandTest {

    private static final String PUBLIC = "127.0.0.1";
    private static final String ADTAG = "0123456789abcdef0123456789abcdef";

    private final Map<String, String> options = new LinkedHashMap<>();
    private final List<OneShotServer> servers = new ArrayList<>();
    private Secret secret = Secret.generateTls(FakeOrigin.HOST);
    private FakeOrigin origin;
    private FakeTelegram telegram;
    private HttpServer rightClock;

    @BeforeEach
    void makeAllWell() throws IOException {
        telegram = FakeTelegram.start(FakeTelegram.Behaviour.MTPROTO);
        options.put("--dc", "2=" + Words.of(telegram.address()));
        options.put("--bind", "127.0.0.1:0");
        options.put("--public-ipv4", PUBLIC);
        options.put("--public-ip-url", serve(PUBLIC + "\n"));
        options.put("--clock-url", rightClock());
        options.put("--max-connections", "10");
        options.put("--timeout", "20s");
        origin = FakeOrigin.start();
        options.put("--resolve", FakeOrigin.HOST + "=127.0.0.1");
        options.put("--cloak-port", Integer.toString(origin.address().getPort()));
        options.put("--ca-file", pem(origin).toString());
    }

    @AfterEach
    void stop() throws IOException {
        telegram.close();
        origin.close();
        rightClock.stop(0);
        for (OneShotServer server : servers) {
            server.close();
        }
    }

    @Test
    void findsNothingWhereAllIsWell() {
        Result result = doctor();
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
            options.put("--dc", "2=" + Words.of(nobody.address()));
            List<String> expected = lines(doctor());
            Result result = doctor("--json");
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
        secret = Secret.parse("d0d6e111bada5511fcce9584deadbeef");
        assertOnly("FAIL  secret", doctor());
    }

    @Test
    void findsAWrongClock() throws IOException {
        options.put("--clock-url", clock(ZonedDateTime.now(ZoneOffset.UTC).minusMinutes(10)));
        assertOnly("FAIL  clock", doctor());
        options.put("--clock-url", clock(ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(20)));
        assertOnly("WARN  clock", doctor());
        options.put("--clock-url", serve("no date"));
        assertOnly("WARN  clock", doctor());
    }

    @Test
    void findsThatTelegramIsOutOfReach() throws IOException {
        try (ClosedPort nobody = ClosedPort.reserve()) {
            String dead = Words.of(nobody.address());
            options.put("--dc", "2=" + Words.of(telegram.address()) + ",4=" + dead);
            assertOnly("FAIL  telegram  DC4", doctor());
            options.put("--dc", "2=" + dead + ",4=" + dead);
            assertOnly("FAIL  telegram  no data centre", doctor());
        }
    }

    @Test
    void findsThatTheCloakedHostIsNowhere() {
        options.put("--resolve", "other.test=127.0.0.1");
        options.put("--cloak-address", "cloak.invalid");
        assertOnly("FAIL  cloak     cloak.invalid has no address", doctor());
    }

    @Test
    void findsThatNobodyAnswersForTheCloakedHost() throws IOException {
        try (ClosedPort nobody = ClosedPort.reserve()) {
            options.put("--cloak-port", Integer.toString(nobody.address().getPort()));
            assertOnly("FAIL  cloak", doctor());
        }
    }

    @Test
    void findsThatTheCloakedHostIsTheProxyItself() {
        options.put("--bind", "127.0.0.1:9");
        options.put("--cloak-port", "9");
        assertOnly("FAIL  cloak     " + FakeOrigin.HOST + " port 9 is this proxy itself", doctor());
    }

    @Test
    void findsAnOldTls() throws IOException {
        try (FakeOrigin old = FakeOrigin.startTls12()) {
            options.put("--cloak-port", Integer.toString(old.address().getPort()));
            Result result = doctor();
            assertOnly("FAIL  cloak", result);
            assertThat(result.out()).contains("does not speak TLS 1.3");
        }
    }

    @Test
    void findsTheCertificateOfAnotherHost() {
        secret = Secret.generateTls("other.test");
        options.put("--resolve", "other.test=127.0.0.1");
        Result result = doctor();
        assertOnly("FAIL  cloak", result);
        assertThat(result.out()).contains("its certificate is not good for other.test");
    }

    @Test
    void findsACertificateThatNobodyVouchesFor() {
        options.remove("--ca-file");
        assertOnly("FAIL  cloak", doctor());
    }

    @Test
    void findsThatTheHostIsAtHomeElsewhere() throws IOException {
        options.put("--public-ipv4", "203.0.113.5");
        options.put("--public-ip-url", serve("203.0.113.5\n"));
        Result result = doctor();
        assertOnly("WARN  cloak", result);
        assertThat(result.out()).contains("leads to 127.0.0.1, not here");
    }

    @Test
    void isTheClientOfAnyProxy() throws IOException {
        for (Secret each : List.of(secret, Secret.generate(SecretType.SECURED), Secret.generate(SecretType.SIMPLE))) {
            secret = each;
            try (MtProxy proxy = proxy(telegram.address())) {
                proxy.start();
                assertThat(link(proxy.address(), secret).out()).startsWith("OK    link  works end to end: DC2");
            }
        }
    }

    @Test
    void saysWhyAProxyDoesNotWork() throws IOException {
        try (MtProxy proxy = proxy(telegram.address());
                ClosedPort nobody = ClosedPort.reserve()) {
            proxy.start();
            assertThat(link(nobody.address(), secret))
                    .matches(result -> result.code() == 1)
                    .matches(result -> result.out().startsWith("FAIL  link")
                            && result.out().contains("firewalls"));
            Result unknown = link(proxy.address(), Secret.generateTls(FakeOrigin.HOST));
            assertThat(unknown.code()).isEqualTo(1);
            assertThat(unknown.out())
                    .startsWith("FAIL  link")
                    .contains("secret")
                    .hasLineCount(1);
            assertThat(new Cli()
                            .execute("doctor", "--link", "tg://proxy?server=x&port=1")
                            .err())
                    .contains("--link: the secret is missing in the link");
        }
    }

    private static Result link(InetSocketAddress proxy, Secret secret) {
        String link = "tg://proxy?server=127.0.0.1&port=" + proxy.getPort() + "&secret=" + secret.hex();
        Result result = new Cli().execute("doctor", "--timeout=5s", "--link", link);
        assertThat(result.out() + result.err()).doesNotContain(secret.keyHex());
        return result;
    }

    private static Path pem(FakeOrigin origin) throws IOException {
        try {
            String body =
                    Base64.getMimeEncoder().encodeToString(origin.certificate().getEncoded());
            return CliProcess.temporaryFile("-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n");
        } catch (CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void findsThatFilesAreTooFew() {
        options.put("--max-connections", "2000000000");
        assertOnly("FAIL  files", doctor());
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
            options.put("--bind", "127.0.0.1:" + stranger.getLocalPort());
            assertOnly("FAIL  port", doctor());
        }
    }

    @Test
    void recognisesItsOwnProxy() throws IOException {
        for (Secret each : new Secret[] {secret, Secret.generate(SecretType.SECURED)}) {
            secret = each;
            try (MtProxy proxy = proxy(telegram.address())) {
                proxy.start();
                options.put("--bind", Words.of(proxy.address()));
                assertThat(doctor().out()).contains("this proxy runs there already");
            }
        }
    }

    @Test
    void doesNotBlameThePortForTelegram() throws IOException {
        try (ClosedPort nobody = ClosedPort.reserve();
                MtProxy proxy = proxy(nobody.address())) {
            proxy.start();
            options.put("--bind", Words.of(proxy.address()));
            options.put("--dc", "2=" + Words.of(nobody.address()));
            assertOnly("FAIL  telegram", doctor());
        }
    }

    @Test
    void findsAWrongPublicAddress() throws IOException {
        options.put("--public-ip-url", serve("203.0.113.77\n"));
        assertOnly("WARN  address", doctor());
        options.put("--public-ip-url", "none");
        assertThat(doctor().code()).isZero();
        options.remove("--public-ipv4");
        assertOnly("WARN  address", doctor());
    }

    @Test
    void looksAtWhatAdTagsNeed() throws IOException {
        options.put("--proxy-secret-url", serve("s".repeat(128)));
        options.put("--proxy-config-url", serve("proxy_for 2 149.154.175.50:8888;\n"));
        options.put("--proxy-config-v6-url", serve("proxy_for 2 [2001:b28:f23d:f001::d]:8888;\n"));
        Result well = doctor(ADTAG);
        assertThat(lines(well)).allMatch(line -> line.startsWith("OK ")).anyMatch(line -> line.contains("adtag"));
        options.put("--proxy-config-url", serve("x".repeat(70_000)));
        assertOnly("FAIL  adtag", doctor(ADTAG));
    }

    @Test
    void endsInTimeWhateverHangs() throws IOException {
        OneShotServer silent = OneShotServer.silent("127.0.0.1", "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n");
        servers.add(silent);
        options.put("--clock-url", silent.url().toString());
        options.put("--timeout", "2s");
        assertOnly("WARN  clock", doctor());
    }

    @Test
    void refusesWrongUsage(@TempDir Path directory) throws IOException {
        assertUsage(new Cli().execute("doctor"), "the secret is missing");
        assertUsage(doctor("1234"), "<adtag>: an ad tag is 32 hex digits");
        options.remove("--ca-file");
        Path empty = Files.writeString(directory.resolve("ca.pem"), "");
        assertUsage(doctor("--ca-file=" + empty), "--ca-file: ");
        assertUsage(doctor("--ca-file=" + directory.resolve("none")), "--ca-file: ");
        for (String wrong : new String[] {"0", "2h", "9999999h"}) {
            options.put("--timeout", wrong);
            assertUsage(doctor(), "--timeout: expected more than nothing");
        }
        options.put("--timeout", "20s");
        options.put("--max-connections", "0");
        assertUsage(doctor(), "--max-connections: 0 is not between");
        options.put("--resolve", "www.example.com");
        assertUsage(doctor(), "--resolve: expected HOST=ADDRESS");
        options.put("--clock-url", "ftp://x/");
        assertUsage(doctor(), "--clock-url: expected a URL");
    }

    @Test
    void takesTheSecretFromWhereRunDoes(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("secret"), secret.base64() + "\n");
        List<String> arguments = arguments();
        arguments.add("--secret-file=" + file);
        assertThat(new Cli().execute(arguments.toArray(String[]::new)).code()).isZero();
        assertThat(new Cli()
                        .with("MTG_SECRET", secret.hex())
                        .execute(arguments().toArray(String[]::new))
                        .code())
                .isZero();
        arguments = arguments();
        arguments.add("-");
        assertThat(new Cli()
                        .withInput(secret.hex() + "\n")
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

    private MtProxy proxy(InetSocketAddress dc) {
        return MtProxy.builder()
                .secret(secret)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .cloakAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1))
                .telegramDirectory(any -> List.of(dc))
                .build();
    }

    private String serve(String document) throws IOException {
        OneShotServer server = OneShotServer.http("127.0.0.1", document);
        servers.add(server);
        return server.url().toString();
    }

    /** The JDK's server tells the time at which it is asked: a slow test is no wrong clock. */
    private String rightClock() throws IOException {
        rightClock = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        rightClock.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        rightClock.start();
        return "http://127.0.0.1:" + rightClock.getAddress().getPort() + "/";
    }

    private String clock(ZonedDateTime time) throws IOException {
        OneShotServer server = OneShotServer.raw(
                "127.0.0.1",
                "HTTP/1.1 204 No Content\r\nDate: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(time) + "\r\n\r\n");
        servers.add(server);
        return server.url().toString();
    }

    private List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("doctor"));
        options.forEach((name, value) -> arguments.add(name + "=" + value));
        return arguments;
    }

    /** What it prints, which is never the secret. */
    private Result doctor(String... more) {
        List<String> arguments = arguments();
        arguments.add(secret.hex());
        arguments.addAll(List.of(more));
        Result result = new Cli().execute(arguments.toArray(String[]::new));
        assertThat(result.out() + result.err())
                .doesNotContain(secret.keyHex())
                .doesNotContain(secret.base64())
                .doesNotContain(ADTAG);
        return result;
    }

    private static List<String> lines(Result result) {
        return result.out().lines().toList();
    }

    private static void assertOnly(String expected, Result result) {
        assertThat(lines(result))
                .filteredOn(line -> !line.startsWith("OK "))
                .singleElement()
                .asString()
                .startsWith(expected);
        assertThat(result.code()).isEqualTo(expected.startsWith("FAIL") ? 1 : 0);
    }

    private static void assertUsage(Result result, String expected) {
        assertThat(result.err()).contains(expected).hasLineCount(2);
        assertThat(result.code()).isEqualTo(ExitCodes.USAGE);
        assertThat(result.out()).isEmpty();
    }
}
