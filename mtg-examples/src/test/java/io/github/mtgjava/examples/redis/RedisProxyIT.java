package io.github.mtgjava.examples.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.testkit.FakeClient;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two proxies and a real Redis or Valkey, where there is one. */
@Timeout(120)
class RedisProxyIT {

    @TempDir
    private Path directory;

    @Test
    void refusesRecordingsAtEveryProxyAlsoAfterRedisWasAway() throws Exception {
        long now = Instant.now().getEpochSecond();
        try (RealRedis redis = RealRedis.start(directory, "correct-horse");
                Cluster cluster = new Cluster(redis.uri(), directory)) {
            RedisProxy first = cluster.start("first");
            RedisProxy second = cluster.start("second");
            cluster.awaitStatus(first, "/readyz/clients", 200);
            cluster.awaitStatus(second, "/readyz/clients", 200);
            try (FakeClient client = Cluster.recorded(first, 1, now).connect()) {
                assertThat(client.echo(new byte[10])).hasSize(10);
                cluster.assertCloaked(Cluster.recorded(second, 1, now));

                redis.stop();
                cluster.assertCloaked(Cluster.client(first));
                cluster.assertCloaked(Cluster.client(second));
                assertThat(cluster.status(first, "/readyz/clients")).isEqualTo(503);
                assertThat(client.echo(new byte[10])).hasSize(10);

                redis.restart();
                cluster.awaitStatus(first, "/readyz/clients", 200);
                cluster.awaitStatus(second, "/readyz/clients", 200);
                cluster.assertCloaked(Cluster.recorded(second, 1, now));
                Cluster.assertServed(Cluster.client(first));
                Cluster.assertServed(Cluster.client(second));
            }
        }
    }
}
