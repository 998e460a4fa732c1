package io.github.mtgjava.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.github.mtgjava.cli.doctor.Fetch.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient.Redirect;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpFetchTest {

    private static final Duration PATIENT = Duration.ofSeconds(20);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch end = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void passesOnStatusDateAndBytes() throws IOException, InterruptedException {
        serve(404, new byte[] {'a', (byte) 0xff, 0});
        Answer answer = fetch().get(url(), 3);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.date()).hasValueSatisfying(date -> assertThat(date).endsWith("GMT"));
        assertThat(answer.body()).isEqualTo("a\u00ff\0");
    }

    @Test
    void readsNoMoreThanItIsAskedFor() throws IOException, InterruptedException {
        serve(200, "0123456789".getBytes(StandardCharsets.US_ASCII));
        assertThat(fetch().get(url(), 4).body()).isEqualTo("0123");
        assertThat(fetch().get(url(), 10).body()).isEqualTo("0123456789");
    }

    @Test
    void doesNotWaitForABodyThatNobodyWants() throws IOException, InterruptedException {
        serveEndlessly();
        assertThat(fetch().get(url(), 0).date()).isPresent();
    }

    @Test
    void followsRedirectsAsToldAndAsksAsTheProxyDoes() throws IOException, InterruptedException {
        List<String> asked = new CopyOnWriteArrayList<>();
        serve(200, new byte[] {'a'});
        server.createContext("/moved", exchange -> {
            asked.add(
                    exchange.getProtocol() + " " + exchange.getRequestHeaders().getFirst("User-Agent") + " "
                            + exchange.getRequestHeaders().getFirst("Accept"));
            exchange.getResponseHeaders().add("Location", "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        URI moved = url().resolve("/moved");
        assertThat(fetch(Redirect.NORMAL, PATIENT).get(moved, 1).body()).isEqualTo("a");
        assertThat(fetch(Redirect.NEVER, PATIENT).get(moved, 1).status()).isEqualTo(302);
        assertThat(asked).containsExactly("HTTP/1.1 mtg-java */*", "HTTP/1.1 mtg-java */*");
    }

    @Test
    void boundsTheTimeOfABodyThatNeverEnds() {
        serveEndlessly();
        assertThatThrownBy(() -> fetch(Redirect.NORMAL, Duration.ofMillis(300)).get(url(), 100))
                .isInstanceOf(IOException.class)
                .hasMessage("no answer within 300 ms");
    }

    @Test
    void saysThatNobodyListens() {
        server.stop(0);
        assertThatThrownBy(() -> fetch().get(url(), 1)).isInstanceOf(IOException.class);
    }

    @Test
    void resolvesAsTold() throws UnknownHostException {
        InetAddress told = InetAddress.getByName("203.0.113.5");
        Resolver resolver = Resolver.with(List.of(
                new Resolver.Entry.Converter().convert("WWW.example.com=203.0.113.5"),
                new Resolver.Entry.Converter().convert("v6.example.com=[2001:db8::1]")));
        assertThat(resolver.lookUp("www.Example.com")).containsExactly(told);
        assertThat(resolver.lookUp("v6.example.com")).containsExactly(InetAddress.getByName("2001:db8::1"));
        assertThat(resolver.lookUp("127.0.0.1")).containsExactly(InetAddress.getByName("127.0.0.1"));
    }

    private void serve(int status, byte[] body) {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    /** A byte of a hundred. */
    private void serveEndlessly() {
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write(1);
            exchange.getResponseBody().flush();
            try {
                end.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private static Fetch fetch() {
        return fetch(Redirect.NORMAL, PATIENT);
    }

    private static Fetch fetch(Redirect redirects, Duration limit) {
        return new HttpFetch(Trust.of(null), redirects, limit);
    }
}
