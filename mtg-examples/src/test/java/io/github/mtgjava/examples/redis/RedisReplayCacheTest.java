package io.github.mtgjava.examples.redis;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mtgjava.examples.redis.FakeRedis.Mood;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RedisReplayCacheTest {

    private static final Duration LIFETIME = Duration.ofHours(1);
    /** For tests of what takes long: no time-out strikes in them. */
    private static final Limits PATIENT = new Limits(
            Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofMinutes(1), Duration.ofMillis(20), 100);
    /** For tests of what ends by time-outs. */
    private static final Limits HASTY = new Limits(
            Duration.ofMillis(50), Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofMillis(20), 100);

    private final FakeRedis redis = new FakeRedis();
    private final List<RedisReplayCache> caches = new ArrayList<>();

    RedisReplayCacheTest() throws IOException {}

    @AfterEach
    void stop() throws IOException {
        caches.forEach(RedisReplayCache::close);
        redis.close();
    }

    @Test
    void claimsAKeyOnce() throws Exception {
        RedisReplayCache cache = connected(PATIENT);
        assertThat(claim(cache, 1)).isTrue();
        assertThat(claim(cache, 1)).isFalse();
        assertThat(claim(cache, 2)).isTrue();
    }

    @Test
    void knowsWhatAnotherOneHasClaimed() throws Exception {
        assertThat(claim(connected(PATIENT), 1)).isTrue();
        assertThat(claim(connected(PATIENT), 1)).isFalse();
    }

    @Test
    void letsOneOfTwoSimultaneousClaimsIn() throws Exception {
        RedisReplayCache one = connected(PATIENT);
        RedisReplayCache other = connected(PATIENT);
        for (int key = 0; key < 100; key++) {
            CompletableFuture<Boolean> first = ask(one, key);
            CompletableFuture<Boolean> second = ask(other, key);
            assertThat(first.get(30, SECONDS)).isNotEqualTo(second.get(30, SECONDS));
        }
    }

    @Test
    void setsAHashThatLivesAsLongAsItIsTold() throws Exception {
        byte[] key = new byte[49];
        assertThat(connected(PATIENT).claim(key).toCompletableFuture().get(30, SECONDS))
                .isTrue();
        // The first half of the SHA-256 of 49 zeros.
        String hash = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(key), 16));
        assertThat(redis.sets()).last().isEqualTo(List.of("SET", "test:" + hash, "1", "PX", "3600000", "NX"));
    }

    @Test
    void failsWhenRedisRefuses() throws Exception {
        RedisReplayCache cache = connected(PATIENT);
        redis.feel(Mood.REFUSES);
        assertThat(failure(ask(cache, 1))).isInstanceOf(RedisCommandExecutionException.class);
        assertThat(failure(cache.check().toCompletableFuture())).isInstanceOf(RedisCommandExecutionException.class);
    }

    @Test
    void failsWhenNoAnswerComesInTime() throws Exception {
        RedisReplayCache cache = connected(HASTY);
        redis.feel(Mood.SILENT);
        assertThat(failure(ask(cache, 1))).isInstanceOf(RedisCommandTimeoutException.class);
    }

    @Test
    void failsAtOnceWhileDisconnected() throws Exception {
        RedisReplayCache cache = connected(PATIENT);
        redis.feel(Mood.HANGS_UP);
        redis.disconnect();
        // What is on its way when the connection breaks may take as long as any; what comes later fails at once.
        awaitFailure(cache);
        for (int key = 0; key < 1000; key++) {
            CompletableFuture<Boolean> answer = ask(cache, key);
            assertThat(answer).isCompletedExceptionally();
        }
    }

    @Test
    void worksAgainWhenRedisIsBack() throws Exception {
        RedisReplayCache cache = connected(HASTY);
        assertThat(claim(cache, 1)).isTrue();
        redis.feel(Mood.HANGS_UP);
        redis.disconnect();
        awaitFailure(cache);
        redis.feel(Mood.ANSWERS);
        awaitSuccess(cache);
        assertThat(claim(cache, 1)).isFalse();
        assertThat(claim(cache, 2)).isTrue();
    }

    @Test
    void waitsForARedisThatComesLater() throws Exception {
        redis.feel(Mood.HANGS_UP);
        RedisReplayCache cache = cache(HASTY);
        assertThat(failure(ask(cache, 1))).isInstanceOf(RedisException.class);
        redis.feel(Mood.ANSWERS);
        awaitSuccess(cache);
    }

    @Test
    void holdsABoundedNumberOfClaimsWhileRedisHangs() throws Exception {
        RedisReplayCache cache = connected(PATIENT);
        redis.feel(Mood.SILENT);
        List<CompletableFuture<Boolean>> claims = new ArrayList<>();
        for (int key = 0; key < 10_000; key++) {
            claims.add(ask(cache, key));
        }
        assertThat(claims.subList(0, PATIENT.waiting())).noneMatch(CompletableFuture::isDone);
        assertThat(claims.subList(PATIENT.waiting(), claims.size()))
                .allMatch(CompletableFuture::isCompletedExceptionally);
    }

    @Test
    void replacesAConnectionOnWhichNothingIsAnswered() throws Exception {
        RedisReplayCache cache = connected(HASTY);
        redis.feel(Mood.SILENT);
        int before = redis.connections();
        while (redis.connections() == before) {
            assertThat(failure(ask(cache, 1))).isInstanceOf(RedisException.class);
        }
        redis.feel(Mood.ANSWERS);
        awaitSuccess(cache);
    }

    @Test
    void failsAfterItWasClosed() throws Exception {
        RedisReplayCache cache = connected(PATIENT);
        cache.close();
        assertThat(failure(ask(cache, 1))).isInstanceOf(RedisException.class);
    }

    @Test
    void wantsALifetime() {
        assertThatThrownBy(() -> new RedisReplayCache(RedisURI.create(redis.uri()), "test:", Duration.ofMillis(999)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lifetime");
    }

    private RedisReplayCache cache(Limits limits) {
        RedisReplayCache cache = new RedisReplayCache(RedisURI.create(redis.uri()), "test:", LIFETIME, limits);
        caches.add(cache);
        return cache;
    }

    private RedisReplayCache connected(Limits limits) throws Exception {
        RedisReplayCache cache = cache(limits);
        awaitSuccess(cache);
        return cache;
    }

    /** Each try takes until it is answered or its time-out, or fails at once: then others should have the processor. */
    private static void awaitSuccess(RedisReplayCache cache) throws Exception {
        while (failureOf(cache.check().toCompletableFuture()) != null) {
            Thread.sleep(1);
        }
    }

    private static void awaitFailure(RedisReplayCache cache) throws Exception {
        while (failureOf(cache.check().toCompletableFuture()) == null) {
            Thread.sleep(1);
        }
    }

    private static CompletableFuture<Boolean> ask(RedisReplayCache cache, int key) {
        byte[] bytes = new byte[17];
        bytes[0] = (byte) (key >> 8);
        bytes[16] = (byte) key;
        return cache.claim(bytes).toCompletableFuture();
    }

    private static boolean claim(RedisReplayCache cache, int key) throws Exception {
        return ask(cache, key).get(30, SECONDS);
    }

    private static Throwable failure(CompletableFuture<Boolean> claim) throws Exception {
        Throwable failure = failureOf(claim);
        assertThat(failure).as("why the claim failed").isNotNull();
        return failure;
    }

    private static Throwable failureOf(CompletableFuture<Boolean> claim) throws Exception {
        try {
            claim.get(45, SECONDS);
            return null;
        } catch (ExecutionException failed) {
            return failed.getCause();
        }
    }
}
