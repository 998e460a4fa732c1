package io.github.mtgjava.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FakeBootstrapTest {

    private static HttpURLConnection get(FakeBootstrap site, String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) site.url(path).toURL().openConnection();
        connection.setConnectTimeout((int) Monitor.LIMIT.toMillis());
        connection.setReadTimeout((int) Monitor.LIMIT.toMillis());
        return connection;
    }

    private static byte[] body(FakeBootstrap site, String path) throws IOException {
        return get(site, path).getInputStream().readAllBytes();
    }

    @Test
    void servesWhatItWasGivenLast() throws IOException {
        try (FakeBootstrap site = FakeBootstrap.start()) {
            assertThat(body(site, FakeBootstrap.SECRET)).isEqualTo(FakeMiddleProxy.anySecret());
            assertThat(body(site, FakeBootstrap.CONFIG)).isEmpty();
            byte[] huge = PatternStream.bytes(1, 3 << 20);
            site.with(FakeBootstrap.CONFIG, "default 2;\n").with(FakeBootstrap.SECRET, huge);
            assertThat(body(site, FakeBootstrap.CONFIG)).asString().isEqualTo("default 2;\n");
            assertThat(body(site, FakeBootstrap.SECRET)).isEqualTo(huge);
            assertThat(body(site, FakeBootstrap.MOVED + FakeBootstrap.CONFIG))
                    .asString()
                    .isEqualTo("default 2;\n");
            assertThat(site.hits(FakeBootstrap.SECRET)).isEqualTo(2);
            assertThat(site.hits(FakeBootstrap.CONFIG)).isEqualTo(3);
            assertThat(site.hits(FakeBootstrap.CONFIG_V6)).isZero();
        }
    }

    @Test
    void answersWithAnyStatusAndDate() throws IOException {
        try (FakeBootstrap site = FakeBootstrap.start()) {
            HttpURLConnection good = get(site, FakeBootstrap.SECRET);
            assertThat(good.getResponseCode()).isEqualTo(200);
            assertThat(good.getDate()).isCloseTo(System.currentTimeMillis(), within(30_000L));
            site.withStatus(FakeBootstrap.CONFIG, 503).withDate("Thu, 01 Jan 1970 00:00:07 GMT");
            HttpURLConnection bad = get(site, FakeBootstrap.CONFIG);
            assertThat(bad.getResponseCode()).isEqualTo(503);
            assertThat(bad.getDate()).isEqualTo(7_000);
            site.withDate("");
            assertThat(get(site, FakeBootstrap.SECRET).getHeaderField("Date")).isNull();
        }
    }

    @Test
    void holdsItsAnswerWhileItIsToBeSilent() throws Exception {
        try (FakeBootstrap site = FakeBootstrap.start()) {
            site.silentAt(FakeBootstrap.SECRET);
            FutureTask<byte[]> answer = new FutureTask<>(() -> body(site, FakeBootstrap.SECRET));
            Thread thread = new Thread(answer, "asks-a-silent-site");
            thread.setDaemon(true);
            thread.start();
            assertThat(site.awaitHits(FakeBootstrap.SECRET, 1)).isTrue();
            assertThat(body(site, FakeBootstrap.CONFIG)).isEmpty();
            assertThat(answer.isDone()).isFalse();
            site.silentAt("");
            assertThat(get(answer)).isEqualTo(FakeMiddleProxy.anySecret());
        }
    }

    private static byte[] get(FutureTask<byte[]> task)
            throws InterruptedException, ExecutionException, TimeoutException {
        return task.get(Monitor.LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Test
    void refusesConnectionsWhileItIsSuspended() throws IOException {
        try (FakeBootstrap site = FakeBootstrap.start()) {
            body(site, FakeBootstrap.SECRET);
            site.suspend();
            assertThatThrownBy(() -> body(site, FakeBootstrap.SECRET)).isInstanceOf(ConnectException.class);
            site.resume();
            assertThat(body(site, FakeBootstrap.SECRET)).isEqualTo(FakeMiddleProxy.anySecret());
            assertThat(site.hits(FakeBootstrap.SECRET)).isEqualTo(2);
        }
    }

    @Test
    void listsMiddleProxiesAsTelegramDoes() {
        Map<Integer, List<InetSocketAddress>> dcs = new TreeMap<>(Map.of(
                -2, List.of(new InetSocketAddress("127.0.0.1", 1), new InetSocketAddress("::1", 3)),
                2, List.of(new InetSocketAddress("127.0.0.1", 2))));
        assertThat(FakeBootstrap.list(dcs, OptionalInt.of(2), true))
                .isEqualTo(
                        "# force_probability 10 10\ndefault 2;\nproxy_for -2 127.0.0.1:1;\nproxy_for 2 127.0.0.1:2;\n");
        assertThat(FakeBootstrap.list(dcs, OptionalInt.empty(), false))
                .isEqualTo("# force_probability 10 10\nproxy_for -2 [0:0:0:0:0:0:0:1]:3;\n");
    }
}
