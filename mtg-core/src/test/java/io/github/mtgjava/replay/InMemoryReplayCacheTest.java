package io.github.mtgjava.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.fail;

import io.github.mtgjava.spi.ReplayCache;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InMemoryReplayCacheTest {

    private static final long MIB = 1 << 20;
    private static final int GENERATIONS = 32;
    /** Of one generation with the smallest budget: 1 MiB / 32 / 16 bytes, three quarters of it. */
    private static final int GENERATION_KEYS = 1536;

    private static final int CAPACITY = GENERATIONS * GENERATION_KEYS;

    private static boolean claim(InMemoryReplayCache cache, byte[] key) {
        return cache.claim(key).toCompletableFuture().join();
    }

    private static boolean claim(InMemoryReplayCache cache, int key) {
        return claim(cache, ByteBuffer.allocate(17).putInt(key).array());
    }

    /** How many of the keys from 0 are new to the cache, claimed in this order. */
    private static int claimNew(InMemoryReplayCache cache, int keys) {
        int fresh = 0;
        for (int key = 0; key < keys; key++) {
            fresh += claim(cache, key) ? 1 : 0;
        }
        return fresh;
    }

    @Test
    void byDefaultLeavesMostOfTheHeapToOthers() {
        assertThat(InMemoryReplayCache.defaultBytes(4L << 30)).isEqualTo(128 * MIB);
        assertThat(InMemoryReplayCache.defaultBytes(64 * MIB)).isEqualTo(16 * MIB);
        assertThat(InMemoryReplayCache.defaultBytes(2 * MIB)).isEqualTo(MIB);
        assertThat(ReplayCache.defaultBytes())
                .isEqualTo(InMemoryReplayCache.defaultBytes(Runtime.getRuntime().maxMemory()));
    }

    @Test
    void answersAtOnceAndTrueOnceOnly() {
        InMemoryReplayCache cache = new InMemoryReplayCache(MIB);
        assertThat(cache.claim(new byte[17])).isCompletedWithValue(true);
        assertThat(cache.claim(new byte[17])).isCompletedWithValue(false);
        assertThat(cache.claim(new byte[49])).isCompletedWithValue(true);
        assertThat(cache.claim(new byte[49])).isCompletedWithValue(false);
        assertThat(cache.claim(new byte[0])).isCompletedWithValue(true);
    }

    @Test
    void keepsNothingOfTheCallersArray() {
        InMemoryReplayCache cache = new InMemoryReplayCache(MIB);
        byte[] key = {1, 2, 3};
        assertThat(claim(cache, key)).isTrue();
        key[0] = 9;
        assertThat(claim(cache, new byte[] {1, 2, 3})).isFalse();
    }

    @Test
    void grantsEveryKeyToExactlyOneOfManyThreads() throws Exception {
        int threads = 8;
        int keys = 20_000;
        InMemoryReplayCache cache = new InMemoryReplayCache(8 * MIB);
        AtomicIntegerArray granted = new AtomicIntegerArray(keys);
        CyclicBarrier together = new CyclicBarrier(threads);
        Callable<Void> claimAll = () -> {
            for (int key = 0; key < keys; key++) {
                if (key % 1000 == 0) {
                    together.await();
                }
                if (claim(cache, key)) {
                    granted.incrementAndGet(key);
                }
            }
            return null;
        };
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<Void>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(executor.submit(claimAll));
            }
            for (Future<Void> one : all) {
                one.get();
            }
        } finally {
            executor.shutdownNow();
        }
        for (int key = 0; key < keys; key++) {
            assertThat(granted.get(key)).as("key %d", key).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {MIB, MIB + 1, 2 * MIB - 1, 3 * MIB})
    void staysWithinItsBudgetHoweverManyKeysCome(long budget) {
        InMemoryReplayCache cache = new InMemoryReplayCache(budget);
        long greatest = 0;
        for (int key = 0; key < 10 * CAPACITY; key++) {
            claim(cache, key);
            greatest = Math.max(greatest, cache.bytes());
        }
        assertThat(greatest).isLessThanOrEqualTo(budget).isGreaterThan(budget * 2 / 5);
    }

    /**
     * The exact guarantee: nothing is forgotten before the cache is full; then the oldest generation goes whole, so at
     * least the last 31 generations' keys are always known.
     */
    @ParameterizedTest
    @ValueSource(
            ints = {1, 1535, 1536, 1537, CAPACITY - 1, CAPACITY, CAPACITY + 1, CAPACITY + 1536, CAPACITY + 1537, 130_000
            })
    void forgetsTheOldestAndNothingElse(int claims) {
        InMemoryReplayCache cache = new InMemoryReplayCache(MIB);
        assertThat(claimNew(cache, claims)).isEqualTo(claims);
        int generationsBegun = (claims + GENERATION_KEYS - 1) / GENERATION_KEYS;
        int forgotten = Math.max(0, generationsBegun - GENERATIONS) * GENERATION_KEYS;
        assertThat(claims - forgotten)
                .isGreaterThanOrEqualTo(Math.min(claims, (GENERATIONS - 1) * GENERATION_KEYS + 1));
        // Newest first: asking for a forgotten key claims it anew, which may cost what was looked at already.
        for (int key = claims - 1; key >= 0; key--) {
            if (claim(cache, key) != key < forgotten) {
                fail("key %d of %d, of which %d should be forgotten", key, claims, forgotten);
            }
        }
    }

    @Test
    void recognisesAReplayDuringAFlood() {
        InMemoryReplayCache cache = new InMemoryReplayCache(MIB);
        int replays = 0;
        for (int key = 0; key < 10 * CAPACITY; key++) {
            claim(cache, key);
            if (key >= CAPACITY / 2 && claim(cache, key - CAPACITY / 2)) {
                replays++;
            }
        }
        assertThat(replays).isZero();
    }

    @Test
    void takesNoFreshKeyForASeenOne() {
        InMemoryReplayCache cache = new InMemoryReplayCache(64 * MIB);
        Random random = new Random(20_261_123);
        byte[] key = new byte[49];
        int fresh = 0;
        for (int i = 0; i < 1_000_000; i++) {
            random.nextBytes(key);
            fresh += claim(cache, key) ? 1 : 0;
        }
        assertThat(fresh).isEqualTo(1_000_000);
    }

    @Test
    void remembersApartFromOtherCaches() {
        assertThat(claim(new InMemoryReplayCache(MIB), 1)).isTrue();
        assertThat(claim(new InMemoryReplayCache(MIB), 1)).isTrue();
    }

    /** From outside a salt shows in nothing but that nobody can prepare keys that collide. */
    @Test
    void saltsEveryCacheDifferently() throws ReflectiveOperationException {
        Field salt = InMemoryReplayCache.class.getDeclaredField("salt");
        salt.setAccessible(true);
        byte[] one = (byte[]) salt.get(new InMemoryReplayCache(MIB));
        byte[] another = (byte[]) salt.get(new InMemoryReplayCache(MIB));
        assertThat(one).hasSize(16).isNotEqualTo(another);
    }

    @Test
    void startsSmallWhateverTheBudget() {
        assertThat(new InMemoryReplayCache(Long.MAX_VALUE).bytes()).isLessThan(4096);
    }

    @ParameterizedTest
    @ValueSource(longs = {MIB - 1, 0, -1, Long.MIN_VALUE})
    void refusesBudgetsBelowOneMebibyte(long budget) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InMemoryReplayCache(budget))
                .withMessageContaining("1048576")
                .withMessageContaining(String.valueOf(budget));
    }
}
