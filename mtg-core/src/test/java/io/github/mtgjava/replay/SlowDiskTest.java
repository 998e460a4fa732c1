package io.github.mtgjava.replay;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.mtgjava.internal.LogRecorder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Claims never wait for the disk, except until it is known what is there, and not for that for ever. */
@Timeout(60)
class SlowDiskTest {

    private static final int THREADS = 8;
    private static final int WAITING_EACH = KeptClaims.MAX_WAITING / THREADS;

    private final Keeping keeping = new Keeping();
    private final LogRecorder log = LogRecorder.of(KeptClaims.class, ReplayKeeper.class, DirectoryReplayCache.class);

    @AfterEach
    void stopRecording() {
        log.close();
    }

    private List<String> warnings() {
        return log.messages(Level.WARN);
    }

    private static CompletableFuture<Boolean> later(DirectoryReplayCache cache, int key) {
        return cache.claim(Keeping.key(key)).toCompletableFuture();
    }

    @Test
    void claimsWaitUntilItIsKnownWhatIsThere() {
        ScriptedStore store = ScriptedStore.slowToLoad(List.of(Keeping.print(1)));
        try (DirectoryReplayCache cache = keeping.on(store)) {
            CompletableFuture<Boolean> known = later(cache, 1);
            CompletableFuture<Boolean> first = later(cache, 2);
            CompletableFuture<Boolean> second = later(cache, 2);
            assertThat(List.of(known, first, second)).noneMatch(CompletableFuture::isDone);
            store.loading.countDown();
            assertThat(List.of(known.join(), first.join(), second.join())).containsExactly(false, true, false);
            assertThat(cache.claim(Keeping.key(3))).isCompletedWithValue(true);
            assertThat(cache.claim(Keeping.key(1))).isCompletedWithValue(false);
        }
        assertThat(store.all()).containsExactly(Keeping.print(2), Keeping.print(3));
        assertThat(store.isClosed()).isTrue();
        assertThat(warnings()).isEmpty();
    }

    @Test
    void claimsAreAnsweredWithoutADiskThatTakesTooLong() throws Exception {
        ScriptedStore store = ScriptedStore.slowToLoad(List.of(Keeping.print(1), Keeping.print(5)));
        try (DirectoryReplayCache cache = keeping.flushingAtOnce().on(store)) {
            // Else the salt might not be known in time, which is another case.
            awaitOpened(store);
            CompletableFuture<Boolean> known = later(cache, 1);
            CompletableFuture<Boolean> fresh = later(cache, 2);
            keeping.passLoadLimit();
            assertThat(List.of(known.join(), fresh.join())).containsExactly(true, true);
            assertThat(warnings()).singleElement().asString().contains("the disk is slow");
            assertThat(Keeping.claim(cache, 2)).isFalse();
            store.loading.countDown();
            store.awaitAppended(2);
            // What is loaded late counts from then on, and nothing is lost.
            assertThat(Keeping.claim(cache, 5)).isFalse();
            assertThat(Keeping.claim(cache, 1)).isFalse();
            assertThat(Keeping.claim(cache, 2)).isFalse();
        }
        assertThat(store.all()).containsExactly(Keeping.print(1), Keeping.print(2));
        assertThat(warnings()).hasSize(1);
    }

    /** The salt has been asked for when loading has begun. */
    private static void awaitOpened(ScriptedStore store) throws InterruptedException {
        assertThat(store.loadBegun.await(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whatIsClaimedBeforeTheSaltIsKnownIsKeptAsSoonAsItIs() throws Exception {
        ScriptedStore store = ScriptedStore.slowToOpen(List.of(Keeping.print(1), Keeping.print(5)));
        try (DirectoryReplayCache cache = keeping.flushingAtOnce().on(store)) {
            CompletableFuture<Boolean> first = later(cache, 1);
            keeping.passLoadLimit();
            assertThat(first.join()).isTrue();
            assertThat(Keeping.claim(cache, 2)).isTrue();
            assertThat(Keeping.claim(cache, 2)).isFalse();
            store.opening.countDown();
            store.awaitAppended(2);
            assertThat(Keeping.claim(cache, 1)).isFalse();
            assertThat(Keeping.claim(cache, 2)).isFalse();
            assertThat(Keeping.claim(cache, 5)).as("what was on the disk").isFalse();
            assertThat(Keeping.claim(cache, 3)).isTrue();
        }
        assertThat(store.all()).containsExactly(Keeping.print(1), Keeping.print(2), Keeping.print(3));
        assertThat(warnings()).singleElement().asString().contains("the disk is slow");
    }

    @Test
    void nothingIsKeptIfTheSaltComesAfterTooManyClaims() throws Exception {
        ScriptedStore store = ScriptedStore.slowToOpen(List.of(Keeping.print(-1)));
        try (DirectoryReplayCache cache = keeping.flushingAtOnce().on(store)) {
            keeping.passLoadLimit();
            int claims = KeptClaims.MAX_WAITING + 1;
            assertThat(Keeping.claimNew(cache, 0, claims)).isEqualTo(claims);
            store.opening.countDown();
            store.awaitClosed();
            assertThat(Keeping.claimNew(cache, 0, claims))
                    .as("all are remembered")
                    .isZero();
        }
        assertThat(store.all()).isEmpty();
        assertThat(warnings()).hasSize(2).last().asString().contains("in memory only");
    }

    @Test
    void grantsEveryKeyOnceWhileTheSaltChanges() throws Exception {
        int keys = KeptClaims.MAX_WAITING;
        ScriptedStore store = ScriptedStore.slowToOpen(List.of());
        AtomicIntegerArray granted = new AtomicIntegerArray(keys);
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try (DirectoryReplayCache cache = keeping.flushingAtOnce().on(store)) {
            keeping.passLoadLimit();
            Callable<Void> claimAll = () -> {
                for (int key = 0; key < keys; key++) {
                    if (key == keys / 2) {
                        store.opening.countDown();
                    }
                    if (Keeping.claim(cache, key)) {
                        granted.incrementAndGet(key);
                    }
                }
                return null;
            };
            for (Future<Void> one : executor.invokeAll(Collections.nCopies(THREADS, claimAll))) {
                one.get();
            }
        } finally {
            executor.shutdownNow();
        }
        for (int key = 0; key < keys; key++) {
            assertThat(granted.get(key)).as("key %d", key).isOne();
        }
        assertThat(store.all()).hasSize(keys);
    }

    @Test
    void theLimitMeansNothingToThoseWhoAreAnswered() {
        try (DirectoryReplayCache cache = keeping.on(ScriptedStore.quick())) {
            assertThat(Keeping.claim(cache, 1)).isTrue();
            keeping.passLoadLimit();
            assertThat(Keeping.claim(cache, 1)).isFalse();
        }
        assertThat(warnings()).isEmpty();
    }

    @Test
    void claimsAreAnsweredFromMemoryIfLoadingFails() throws Exception {
        ScriptedStore store =
                ScriptedStore.slowToLoad(List.of()).failingToLoad(new IllegalStateException("on purpose"));
        try (DirectoryReplayCache cache = keeping.on(store)) {
            CompletableFuture<Boolean> first = later(cache, 1);
            store.loading.countDown();
            assertThat(first.join()).isTrue();
            store.awaitClosed();
            assertThat(Keeping.claim(cache, 1)).isFalse();
            assertThat(Keeping.claim(cache, 2)).isTrue();
        }
        assertThat(store.all()).isEmpty();
        assertThat(warnings()).singleElement().asString().contains("remembered in memory only");
        assertThat(log.keyValues()).anyMatch(pairs -> pairs.contains("on purpose"));
    }

    @Test
    void refusesThoseForWhomThereIsNoRoomToWait() {
        ScriptedStore store = ScriptedStore.slowToLoad(List.of());
        try (DirectoryReplayCache cache = keeping.on(store)) {
            List<CompletionStage<Boolean>> waiting = new ArrayList<>();
            for (int key = 0; key < KeptClaims.MAX_WAITING; key++) {
                waiting.add(cache.claim(Keeping.key(key)));
            }
            assertThat(later(cache, -1)).isCompletedExceptionally();
            store.loading.countDown();
            assertThat(waiting).allMatch(one -> one.toCompletableFuture().join());
            assertThat(Keeping.claim(cache, -1)).as("a failure claims nothing").isTrue();
        }
    }

    @Test
    void grantsEveryKeyOnceWhileKeptOnesAreLoaded() throws Exception {
        int keys = 6_000;
        List<ReplayFiles.Print> kept = new ArrayList<>();
        for (int key = 0; key < keys; key += 2) {
            kept.add(Keeping.print(key));
        }
        ScriptedStore store = ScriptedStore.slowToLoad(kept);
        AtomicIntegerArray granted = new AtomicIntegerArray(keys);
        CyclicBarrier together = new CyclicBarrier(THREADS);
        ExecutorService executor = Executors.newFixedThreadPool(THREADS);
        try (DirectoryReplayCache cache = keeping.flushingAtOnce().on(store)) {
            Callable<List<CompletableFuture<Void>>> claimAll = () -> {
                List<CompletableFuture<Void>> answers = new ArrayList<>();
                for (int key = 0; key < keys; key++) {
                    int claimed = key;
                    if (key % WAITING_EACH == 0) {
                        together.await();
                    }
                    if (key == WAITING_EACH / 2) {
                        store.loading.countDown();
                    }
                    if (key == WAITING_EACH) {
                        // Or too many might wait.
                        answers.get(0).join();
                    }
                    answers.add(later(cache, key).thenAccept(fresh -> {
                        if (fresh) {
                            granted.incrementAndGet(claimed);
                        }
                    }));
                }
                return answers;
            };
            List<Future<List<CompletableFuture<Void>>>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                all.add(executor.submit(claimAll));
            }
            for (Future<List<CompletableFuture<Void>>> one : all) {
                // A failure would be one for want of room.
                one.get().forEach(CompletableFuture::join);
            }
        } finally {
            executor.shutdownNow();
        }
        for (int key = 0; key < keys; key++) {
            assertThat(granted.get(key)).as("key %d", key).isEqualTo(key % 2);
        }
        assertThat(store.all()).hasSize(keys / 2).doesNotContainAnyElementsOf(kept.subList(0, 10));
    }

    @Test
    void aDiskThatCannotKeepUpDelaysNobodyAndIsWarnedOfOnce() throws Exception {
        ScriptedStore store = ScriptedStore.slowToWrite();
        try (DirectoryReplayCache cache = keeping.flushingAtOnce().on(store)) {
            int claims = 3 * Batch.CAPACITY;
            assertThat(Keeping.claimNew(cache, 0, claims)).isEqualTo(claims);
            assertThat(Keeping.claimNew(cache, 0, claims))
                    .as("all are remembered")
                    .isZero();
            assertThat(warnings()).singleElement().asString().contains("faster than the disk");
            store.appending.countDown();
            store.awaitAppended(Batch.CAPACITY + 1);
            assertThat(Keeping.claim(cache, -1)).isTrue();
        }
        assertThat(store.appended()).isBetween(Batch.CAPACITY, 2 * Batch.CAPACITY + 1);
        assertThat(store.has(Keeping.print(-1))).isTrue();
        assertThat(warnings()).hasSize(1);
    }

    @Test
    void aDiskThatFailsIsTriedAgainAfterAMinute() throws Exception {
        ScriptedStore store = ScriptedStore.quick();
        store.failToAppend(new IOException("No space left on device"));
        try (DirectoryReplayCache cache = keeping.flushingAtOnce().on(store)) {
            assertThat(Keeping.claim(cache, 1)).isTrue();
            keeping.awaitLooksAtTheClock(1);
            keeping.pass(ReplayKeeper.RETRY);
            assertThat(Keeping.claim(cache, 2)).isTrue();
            keeping.awaitLooksAtTheClock(3);
            store.failToAppend(null);
            keeping.pass(ReplayKeeper.RETRY);
            assertThat(Keeping.claim(cache, 3)).isTrue();
            store.awaitAppended(1);
            assertThat(Keeping.claimNew(cache, 1, 4)).isZero();
        }
        assertThat(store.all()).containsExactly(Keeping.print(3));
        assertThat(warnings()).singleElement().asString().contains("cannot be written");
        assertThat(log.keyValues()).anyMatch(pairs -> pairs.contains("No space left"));
    }

    @Test
    void withinThatMinuteItIsLeftAlone() throws Exception {
        ScriptedStore store = ScriptedStore.quick();
        store.failToAppend(new IOException("on purpose"));
        try (DirectoryReplayCache cache = keeping.flushingAtOnce().on(store)) {
            Keeping.claim(cache, 1);
            keeping.awaitLooksAtTheClock(1);
            store.failToAppend(null);
            keeping.pass(ReplayKeeper.RETRY.minusNanos(1));
            Keeping.claim(cache, 2);
        }
        assertThat(store.all()).isEmpty();
    }

    @Test
    void closingWritesWhatIsThereAndEndsTheThread() {
        ScriptedStore store = ScriptedStore.quick();
        DirectoryReplayCache cache = keeping.on(store);
        assertThat(Keeping.claimNew(cache, 0, 10)).isEqualTo(10);
        assertThat(store.appended()).isZero();
        cache.close();
        assertThat(store.appended()).isEqualTo(10);
        assertThat(store.isClosed()).isTrue();
        cache.close();
        assertThat(Keeping.claim(cache, 3)).isFalse();
        assertThat(Keeping.claim(cache, 11)).isTrue();
        assertThat(store.appended()).isEqualTo(10);
    }

    @Test
    void closingWritesAlsoForWhoeverIsInterrupted() {
        ScriptedStore store = ScriptedStore.quick();
        DirectoryReplayCache cache = keeping.on(store);
        Keeping.claim(cache, 1);
        Thread.currentThread().interrupt();
        cache.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(store.appended()).isEqualTo(1);
    }

    @Test
    void closingWaitsForNoDiskThatHangs() throws Exception {
        ScriptedStore store = ScriptedStore.slowToWrite();
        DirectoryReplayCache cache = keeping.closingAtOnce().on(store);
        assertThat(Keeping.claim(cache, 1)).isTrue();
        cache.close();
        assertThat(warnings()).anyMatch(line -> line.contains("the disk is too slow"));
        store.awaitClosed();
        assertThat(store.appended()).isZero();
    }

    @Test
    void closingWhileLoadingLeavesNobodyWithoutAnAnswer() throws Exception {
        ScriptedStore store = ScriptedStore.slowToLoad(List.of());
        DirectoryReplayCache cache = keeping.closingAtOnce().on(store);
        CompletableFuture<Boolean> waiting = later(cache, 1);
        cache.close();
        assertThat(waiting.get(20, TimeUnit.SECONDS)).isTrue();
        store.awaitClosed();
    }
}
