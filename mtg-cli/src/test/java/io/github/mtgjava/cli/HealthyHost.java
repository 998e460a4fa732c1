package io.github.mtgjava.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.mtgjava.MtProxy;
import io.github.mtgjava.Secret;
import io.github.mtgjava.cli.Cli.Result;
import io.github.mtgjava.testkit.FakeOrigin;
import io.github.mtgjava.testkit.FakeTelegram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A machine in whose world, all of it on loopback, the doctor finds nothing wrong; and the doctor's options, to be changed. */
final class HealthyHost implements AutoCloseable {

    static final String PUBLIC = "127.0.0.1";
    static final String AD_TAG = "0123456789abcdef0123456789abcdef";

    private final Map<String, String> options = new LinkedHashMap<>();
    private final List<OneShotServer> servers = new ArrayList<>();
    private final FakeTelegram telegram = FakeTelegram.start(FakeTelegram.Behaviour.MTPROTO);
    private final FakeOrigin origin = FakeOrigin.start();
    private final HttpServer rightClock =
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private Secret secret = Secret.generateTls(FakeOrigin.HOST);

    HealthyHost() throws IOException {
        rightClock.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        rightClock.start();
        options.put("--dc", "2=" + Words.of(telegram.address()));
        options.put("--bind", "127.0.0.1:0");
        options.put("--public-ipv4", PUBLIC);
        options.put("--public-ip-url", serve(PUBLIC + "\n"));
        // The JDK's server tells the time at which it is asked: a slow test is no wrong clock.
        options.put("--clock-url", "http://127.0.0.1:" + rightClock.getAddress().getPort() + "/");
        options.put("--max-connections", "10");
        options.put("--timeout", "20s");
        options.put("--resolve", FakeOrigin.HOST + "=127.0.0.1");
        options.put("--cloak-port", Integer.toString(origin.address().getPort()));
        options.put("--ca-file", pem(origin).toString());
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

    /** Gives the doctor another value of an option, or an option more. */
    void put(String option, String value) {
        options.put(option, value);
    }

    void remove(String option) {
        options.remove(option);
    }

    FakeTelegram telegram() {
        return telegram;
    }

    InetSocketAddress origin() {
        return origin.address();
    }

    Secret secret() {
        return secret;
    }

    void secret(Secret other) {
        secret = other;
    }

    /** A proxy with the secret, not started. */
    MtProxy proxy(InetSocketAddress dc) {
        return MtProxy.builder()
                .secret(secret)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .cloakAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1))
                .telegramDirectory(any -> List.of(dc))
                .build();
    }

    /** The URL of a document. */
    String serve(String document) throws IOException {
        return keep(OneShotServer.http("127.0.0.1", document));
    }

    /** The URL of a server with that time. */
    String clock(Instant time) throws IOException {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(time.atOffset(ZoneOffset.UTC));
        return keep(OneShotServer.raw("127.0.0.1", "HTTP/1.1 204 No Content\r\nDate: " + date + "\r\n\r\n"));
    }

    /** The URL of a server, which is closed in the end. */
    String keep(OneShotServer server) {
        servers.add(server);
        return server.url().toString();
    }

    /** The command line without a secret. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>(List.of("doctor"));
        options.forEach((name, value) -> arguments.add(name + "=" + value));
        return arguments;
    }

    Result doctor(String... more) {
        return doctor(new Cli(), more);
    }

    /** What the doctor prints, which is never the secret. */
    Result doctor(Cli cli, String... more) {
        List<String> arguments = arguments();
        arguments.add(secret.hex());
        arguments.addAll(List.of(more));
        Result result = cli.execute(arguments.toArray(String[]::new));
        assertThat(result.out() + result.err())
                .doesNotContain(secret.keyHex())
                .doesNotContain(secret.base64Url())
                .doesNotContain(AD_TAG);
        return result;
    }

    static List<String> lines(Result result) {
        return result.out().lines().toList();
    }

    /** The exit code fits to the one finding that is not as it should be. */
    static void assertOnly(String expected, Result result) {
        assertThat(lines(result))
                .filteredOn(line -> !line.startsWith("OK "))
                .singleElement()
                .asString()
                .startsWith(expected);
        assertThat(result.code()).isEqualTo(expected.startsWith("FAIL") ? 1 : 0);
    }

    @Override
    public void close() throws IOException {
        telegram.close();
        origin.close();
        rightClock.stop(0);
        for (OneShotServer server : servers) {
            server.close();
        }
    }
}
