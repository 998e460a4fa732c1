package io.github.mtgjava.examples.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisURI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** With a real Redis or Valkey, where there is one. */
@Timeout(120)
class RedisReplayCacheIT {

    private static final Duration LIFETIME = Duration.ofHours(1);

    @TempDir
    private Path directory;

    private RealRedis redis;
    private final List<RedisReplayCache> caches = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        redis = RealRedis.start(directory, "correct-horse");
    }

    @AfterEach
    void stop() throws Exception {
        caches.forEach(RedisReplayCache::close);
        if (redis != null) {
            redis.close();
        }
    }

    @Test
    void letsOneOfManySimultaneousClaimsIn() throws Exception {
        List<RedisReplayCache> several = List.of(connected(), connected(), connected());
        for (int key = 0; key < 200; key++) {
            List<CompletableFuture<Boolean>> claims = new ArrayList<>();
            for (RedisReplayCache cache : several) {
                claims.add(ask(cache, key));
                claims.add(ask(cache, key));
            }
            int granted = 0;
            for (CompletableFuture<Boolean> claim : claims) {
                granted += claim.get(30, SECONDS) ? 1 : 0;
            }
            assertThat(granted).isOne();
        }
    }

    @Test
    void hasKeysLiveAsLongAsItIsTold() throws Exception {
        assertThat(claim(connected(), 1)).isTrue();
        List<String> keys = redis.ask(connection -> connection.sync().keys("test:*").stream()
                .filter(key -> !key.startsWith("test:check:"))
                .toList());
        assertThat(keys).hasSize(1);
        Long left = redis.ask(connection -> connection.sync().pttl(keys.get(0)));
        assertThat(left).isBetween(LIFETIME.minusMinutes(5).toMillis(), LIFETIME.toMillis());
    }

    @Test
    void forgetsAKeyWhenItsTimeIsOver() throws Exception {
        RedisReplayCache cache = connected(Duration.ofSeconds(1));
        assertThat(claim(cache, 1)).isTrue();
        long deadline = System.nanoTime() + SECONDS.toNanos(30);
        while (!claim(cache, 1)) {
            assertThat(System.nanoTime() - deadline).isNegative();
            Thread.sleep(10);
        }
    }

    @Test
    void remembersAfterRedisWasRestarted() throws Exception {
        RedisReplayCache cache = connected();
        assertThat(claim(cache, 1)).isTrue();
        redis.stop();
        assertThatThrownBy(() -> claim(cache, 2)).isInstanceOf(ExecutionException.class);
        redis.restart();
        await(cache);
        assertThat(claim(cache, 1)).isFalse();
        assertThat(claim(cache, 2)).isTrue();
    }

    @Test
    void failsWhileRedisIsFullAndRemembersAll() throws Exception {
        RedisReplayCache cache = connected();
        assertThat(claim(cache, 1)).isTrue();
        redis.ask(connection -> connection.sync().configSet("maxmemory", "1"));
        assertThatThrownBy(() -> claim(cache, 2))
                .hasCauseInstanceOf(RedisCommandExecutionException.class)
                .hasMessageContaining("OOM");
        assertThatThrownBy(() -> cache.check().toCompletableFuture().get(30, SECONDS))
                .hasMessageContaining("OOM");
        redis.ask(connection -> connection.sync().configSet("maxmemory", "0"));
        assertThat(claim(cache, 1)).isFalse();
        assertThat(claim(cache, 2)).isTrue();
    }

    @Test
    void failsWithAWrongPassword() throws Exception {
        RedisReplayCache cache = new RedisReplayCache(RedisURI.create(redis.uri("wrong")), "test:", LIFETIME);
        caches.add(cache);
        while (redis.ask(connection -> connection.sync().aclLog()).isEmpty()) {
            assertThatThrownBy(() -> claim(cache, 1)).isInstanceOf(ExecutionException.class);
        }
        assertThatThrownBy(() -> claim(cache, 1)).isInstanceOf(ExecutionException.class);
    }

    private RedisReplayCache connected() throws Exception {
        return connected(LIFETIME);
    }

    private RedisReplayCache connected(Duration lifetime) throws Exception {
        RedisReplayCache cache = new RedisReplayCache(RedisURI.create(redis.uri()), "test:", lifetime);
        caches.add(cache);
        await(cache);
        return cache;
    }

    private static void await(RedisReplayCache cache) throws Exception {
        long deadline = System.nanoTime() + SECONDS.toNanos(60);
        while (true) {
            try {
                cache.check().toCompletableFuture().get(30, SECONDS);
                return;
            } catch (ExecutionException notYet) {
                assertThat(System.nanoTime() - deadline).as("connected in time").isNegative();
                Thread.sleep(10);
            }
        }
    }

    private static CompletableFuture<Boolean> ask(RedisReplayCache cache, int key) {
        byte[] bytes = new byte[49];
        bytes[48] = (byte) key;
        return cache.claim(bytes).toCompletableFuture();
    }

    private static boolean claim(RedisReplayCache cache, int key) throws Exception {
        return ask(cache, key).get(30, SECONDS);
    }
}
