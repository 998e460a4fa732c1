package io.github.mtgjava.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mtgjava.MtProxy;
import io.github.mtgjava.MtProxyBuilder;
import io.github.mtgjava.MtProxyException;
import io.github.mtgjava.Secret;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.FakeClient;
import io.github.mtgjava.testkit.FakeTelegram;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EmbedInServiceTest {

    private static final Secret SECRET = Secret.parse(ProxyWithParts.SECURED);

    private FakeTelegram telegram;
    private EmbedInService service;

    @BeforeEach
    void make() throws IOException {
        telegram = FakeTelegram.start();
        service = new EmbedInService(builder(0), 0);
    }

    @AfterEach
    void close() {
        service.close();
        telegram.close();
    }

    private MtProxyBuilder builder(int port) {
        return MtProxy.builder()
                .secret(SECRET)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .maxConnections(100)
                .telegramDirectory(dc -> List.of(telegram.address()));
    }

    @Test
    void showsTheProxyBesideItsOwnMeters() throws Exception {
        service.start();
        try (FakeClient client = client()) {
            client.echo(new byte[10]);
            assertThat(health()).isEqualTo(200);
            assertThat(metrics())
                    .contains("\nmtg_accepted_total 1.0\n")
                    .contains("\nservice_requests_total 1.0\n")
                    .contains("\nmtg_handshake_seconds_count 1\n");
        }
    }

    @Test
    void isUnhealthyFromTheBeginningOfTheStopOn() throws Exception {
        service.start();
        CompletableFuture<Void> closing;
        try (FakeClient client = client()) {
            client.echo(new byte[10]);
            closing = CompletableFuture.runAsync(service::close);
            int status = health();
            while (status == 200) {
                status = health();
            }
            assertThat(status).isEqualTo(503);
            assertThat(client.echo(new byte[10])).hasSize(10);
        }
        closing.get(20, TimeUnit.SECONDS);
        assertThatThrownBy(this::health).isInstanceOf(ConnectException.class);
        assertThat(service.registry().find("mtg.accepted").meter()).isNull();
    }

    @Test
    void canBeClosedWhenItsProxyCannotStart() throws Exception {
        service.start();
        EmbedInService second =
                new EmbedInService(builder(service.proxy().address().getPort()), 0);
        assertThatThrownBy(second::start).isInstanceOf(MtProxyException.class);
        second.close();
        assertThat(EmbedInService.isHealthy(second.proxy().stats())).isFalse();
        assertThat(health()).isEqualTo(200);
    }

    private FakeClient client() throws IOException {
        return ClientOptions.secured(service.proxy().address(), SECRET.key()).connect();
    }

    private int health() throws IOException {
        return get("/health").getResponseCode();
    }

    private String metrics() throws IOException {
        try (InputStream body = get("/metrics").getInputStream()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private HttpURLConnection get(String path) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://" + service.httpAddress() + path).toURL().openConnection();
        connection.setReadTimeout(20_000);
        return connection;
    }
}
