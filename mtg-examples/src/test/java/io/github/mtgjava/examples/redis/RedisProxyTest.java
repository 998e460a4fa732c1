package io.github.mtgjava.examples.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mtgjava.examples.redis.FakeRedis.Mood;
import io.github.mtgjava.testkit.FakeClient;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RedisProxyTest {

    @TempDir
    private Path directory;

    private final FakeRedis redis = new FakeRedis();
    private Cluster cluster;

    RedisProxyTest() throws IOException {}

    @BeforeEach
    void start() throws Exception {
        cluster = new Cluster(redis.uri(), directory);
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
        redis.close();
    }

    @Test
    void refusesAtOneProxyWhatAnotherOneHasSeen() throws Exception {
        RedisProxy first = ready("first");
        RedisProxy second = ready("second");
        long now = Instant.now().getEpochSecond();
        Cluster.assertServed(Cluster.recorded(first, 1, now));
        cluster.assertCloaked(Cluster.recorded(second, 1, now));
        Cluster.assertServed(Cluster.recorded(second, 2, now));
        assertThat(cluster.metrics(first)).contains("\nmtg_replay_attacks_total 0.0\n");
        assertThat(cluster.metrics(second)).contains("\nmtg_replay_attacks_total 1.0\n");
    }

    @Test
    void tellsTheAddressOfWhoReplays() throws Exception {
        RedisProxy proxy = ready("one");
        long now = Instant.now().getEpochSecond();
        Cluster.assertServed(Cluster.recorded(proxy, 1, now));
        cluster.assertCloaked(Cluster.recorded(proxy, 1, now));
        proxy.close();
        assertThat(Files.readAllLines(cluster.audit("one")))
                .filteredOn(line -> line.contains("\"event\":\"replay\""))
                .singleElement()
                .asString()
                .contains("\"address\":\"203.0.113.9\"");
    }

    @Test
    void showsTheSiteToAllWhileRedisFailsAndKeepsWhoIsIn() throws Exception {
        RedisProxy proxy = ready("one");
        try (FakeClient client = Cluster.client(proxy).connect()) {
            redis.feel(Mood.REFUSES);
            assertThat(cluster.status(proxy, "/readyz/clients")).isEqualTo(503);
            assertThat(cluster.status(proxy, "/readyz")).isEqualTo(200);
            cluster.assertCloaked(Cluster.client(proxy));
            assertThat(cluster.metrics(proxy)).contains("\nmtg_refused_total{reason=\"replay_cache_failed\"} 1.0\n");
            assertThat(client.echo(new byte[10])).hasSize(10);
            redis.feel(Mood.ANSWERS);
            assertThat(cluster.status(proxy, "/readyz/clients")).isEqualTo(200);
            Cluster.assertServed(Cluster.client(proxy));
        }
    }

    @Test
    void startsWithoutRedisAndServesWhenItComes() throws Exception {
        redis.feel(Mood.HANGS_UP);
        RedisProxy proxy = cluster.start("one");
        assertThat(cluster.status(proxy, "/readyz")).isEqualTo(200);
        assertThat(cluster.status(proxy, "/readyz/clients")).isEqualTo(503);
        cluster.assertCloaked(Cluster.client(proxy));
        redis.feel(Mood.ANSWERS);
        cluster.awaitStatus(proxy, "/readyz/clients", 200);
        Cluster.assertServed(Cluster.client(proxy));
    }

    @Test
    void isNotReadyBeforeItStopsAndStopsWhenEverybodyIsGone() throws Exception {
        RedisProxy proxy = ready("one");
        CompletableFuture<Void> stopped;
        try (FakeClient client = Cluster.client(proxy).connect()) {
            proxy.leave();
            assertThat(cluster.status(proxy, "/readyz")).isEqualTo(503);
            assertThat(cluster.status(proxy, "/readyz/clients")).isEqualTo(503);
            assertThat(cluster.status(proxy, "/healthz")).isEqualTo(200);
            Cluster.assertServed(Cluster.client(proxy));

            stopped = CompletableFuture.runAsync(proxy::stop);
            awaitRefusedConnections(proxy);
            assertThat(client.echo(new byte[10])).hasSize(10);
            assertThat(stopped).isNotDone();
        }
        stopped.get(30, TimeUnit.SECONDS);
        assertThatThrownBy(() -> cluster.status(proxy, "/healthz")).isInstanceOf(ConnectException.class);
    }

    private RedisProxy ready(String name) throws Exception {
        RedisProxy proxy = cluster.start(name);
        cluster.awaitStatus(proxy, "/readyz/clients", 200);
        return proxy;
    }

    private static void awaitRefusedConnections(RedisProxy proxy) throws Exception {
        while (true) {
            try {
                Cluster.client(proxy).openSocket().close();
            } catch (ConnectException expected) {
                return;
            }
            Thread.sleep(10);
        }
    }
}
