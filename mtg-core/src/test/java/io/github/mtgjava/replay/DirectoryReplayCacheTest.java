package io.github.mtgjava.replay;

import static io.github.mtgjava.replay.Keeping.GENERATION_KEYS;
import static io.github.mtgjava.replay.Keeping.MIB;
import static io.github.mtgjava.replay.Keeping.claim;
import static io.github.mtgjava.replay.Keeping.claimNew;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ch.qos.logback.classic.Level;
import io.github.mtgjava.internal.LogRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Restarts, on a real disk. */
@Timeout(120)
class DirectoryReplayCacheTest {

    private static final int CAPACITY = 32 * GENERATION_KEYS;

    @TempDir
    private Path directory;

    private final Keeping keeping = new Keeping();
    private final LogRecorder log =
            LogRecorder.of(KeptClaims.class, ReplayKeeper.class, ReplayDirectory.class, DirectoryReplayCache.class);

    @AfterEach
    void stopRecording() {
        log.close();
    }

    private List<String> warnings() {
        return log.messages(Level.WARN);
    }

    private DirectoryReplayCache open() {
        return keeping.in(directory);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.filter(path -> path.getFileName().toString().startsWith("handshakes-"))
                    .sorted()
                    .toList();
        }
    }

    private long bytesOnDisk() throws IOException {
        long bytes = 0;
        for (Path file : files()) {
            bytes += Files.size(file);
        }
        return bytes;
    }

    /** Claims these, at a pace that the disk keeps up with. */
    private void claimAndKeep(int from, int to, long maxBytes) {
        for (int key = from; key < to; key += Batch.CAPACITY) {
            try (DirectoryReplayCache cache = keeping.in(directory, maxBytes)) {
                int end = Math.min(to, key + Batch.CAPACITY);
                assertThat(claimNew(cache, key, end)).isEqualTo(end - key);
            }
        }
    }

    @Test
    void remembersAfterARestart() {
        try (DirectoryReplayCache cache = open()) {
            assertThat(claimNew(cache, 0, 100)).isEqualTo(100);
            assertThat(claimNew(cache, 0, 100)).isZero();
        }
        try (DirectoryReplayCache cache = open()) {
            assertThat(claimNew(cache, 0, 100)).isZero();
            assertThat(claim(cache, 100)).isTrue();
        }
        assertThat(warnings()).isEmpty();
    }

    @Test
    void remembersAfterManyRestartsInOneFile() throws IOException {
        for (int restart = 0; restart < 40; restart++) {
            try (DirectoryReplayCache cache = open()) {
                assertThat(claimNew(cache, 0, restart)).isZero();
                assertThat(claim(cache, restart)).isTrue();
            }
        }
        assertThat(files()).hasSize(1);
        assertThat(Files.size(files().get(0))).isEqualTo(40 + 40 * 20);
        assertThat(warnings()).isEmpty();
    }

    /** As a crash leaves it: nobody closed anything. */
    @Test
    void aCrashTakesNothingThatIsWritten() throws Exception {
        Path copy = Files.createDirectory(directory.resolve("copy"));
        try (DirectoryReplayCache cache = keeping.flushingAtOnce().in(directory)) {
            assertThat(claimNew(cache, 0, 50)).isEqualTo(50);
            awaitBytesOnDisk(40 + 50 * 20);
            for (Path file : files()) {
                Files.copy(file, copy.resolve(file.getFileName()));
            }
        }
        try (DirectoryReplayCache cache = keeping.in(copy)) {
            assertThat(claimNew(cache, 0, 51)).isEqualTo(1);
        }
        assertThat(warnings()).isEmpty();
    }

    private void awaitBytesOnDisk(long bytes) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (bytesOnDisk() < bytes) {
            assertThat(deadline - System.nanoTime()).as("time left").isPositive();
            Thread.onSpinWait();
        }
    }

    /** What memory forgets is gone from the disk, too, and nothing else. */
    @ParameterizedTest
    @ValueSource(ints = {GENERATION_KEYS, GENERATION_KEYS + 1, CAPACITY, CAPACITY + 1, CAPACITY + GENERATION_KEYS + 1})
    void forgetsTheOldestAndNothingElse(int claims) throws IOException {
        claimAndKeep(0, claims, MIB);
        int generationsBegun = (claims + GENERATION_KEYS - 1) / GENERATION_KEYS;
        int forgotten = Math.max(0, generationsBegun - 32) * GENERATION_KEYS;
        assertThat(files()).hasSize(Math.min(32, generationsBegun));
        assertThat(bytesOnDisk()).isLessThanOrEqualTo(MIB).isEqualTo(40L * files().size() + 20L * (claims - forgotten));
        try (DirectoryReplayCache cache = open()) {
            // Newest first: asking for a forgotten key claims it anew, which may cost what was looked at already.
            for (int key = claims - 1; key >= forgotten; key--) {
                assertThat(claim(cache, key)).as("key %d", key).isFalse();
            }
            assertThat(cache.bytes()).isLessThanOrEqualTo(MIB);
            assertThat(forgotten == 0 || claim(cache, forgotten - 1)).isTrue();
        }
        assertThat(warnings()).isEmpty();
    }

    @Test
    void withLessMemoryItKeepsTheNewest() throws IOException {
        int claims = 3 * CAPACITY;
        claimAndKeep(0, claims, 4 * MIB);
        try (DirectoryReplayCache cache = open()) {
            assertThat(claim(cache, claims - 1)).isFalse();
        }
        assertThat(bytesOnDisk()).isLessThanOrEqualTo(MIB + 4 * MIB / 32);
        try (DirectoryReplayCache cache = open()) {
            assertThat(claimNew(cache, claims - CAPACITY + GENERATION_KEYS, claims))
                    .isZero();
            assertThat(cache.bytes()).isLessThanOrEqualTo(MIB);
            assertThat(claim(cache, 0)).isTrue();
        }
        assertThat(bytesOnDisk()).isLessThanOrEqualTo(MIB + 4 * MIB / 32);
        try (DirectoryReplayCache cache = open()) {
            assertThat(claimNew(cache, claims - CAPACITY + 2 * GENERATION_KEYS, claims))
                    .isZero();
            assertThat(claim(cache, 0)).isFalse();
        }
        assertThat(warnings()).isEmpty();
    }

    @Test
    void withMoreMemoryItKeepsEverything() throws IOException {
        claimAndKeep(0, CAPACITY, MIB);
        claimAndKeep(CAPACITY, 3 * CAPACITY, 4 * MIB);
        try (DirectoryReplayCache cache = keeping.in(directory, 4 * MIB)) {
            assertThat(claimNew(cache, 0, 3 * CAPACITY)).isZero();
        }
        assertThat(bytesOnDisk()).isLessThanOrEqualTo(4 * MIB);
        assertThat(warnings()).isEmpty();
    }

    @Test
    void aDamagedFileIsWarnedOfOnceAndCostsOnlyItself() throws IOException {
        claimAndKeep(0, 2 * GENERATION_KEYS + 10, MIB);
        byte[] second = Files.readAllBytes(files().get(1));
        second[40 + 7 * 20] ^= 1;
        Files.write(files().get(1), second);
        try (DirectoryReplayCache cache = open()) {
            assertThat(claimNew(cache, 0, GENERATION_KEYS + 7)).isZero();
            assertThat(claimNew(cache, 2 * GENERATION_KEYS, 2 * GENERATION_KEYS + 10))
                    .isZero();
            assertThat(claim(cache, GENERATION_KEYS + 7)).isTrue();
        }
        assertThat(warnings()).singleElement().asString().contains("is damaged from byte 180 on");
        try (DirectoryReplayCache cache = open()) {
            assertThat(claim(cache, GENERATION_KEYS + 7)).isFalse();
        }
        assertThat(warnings()).hasSize(1);
    }

    @Test
    void whoeverComesSecondRemembersInMemoryOnly() {
        try (DirectoryReplayCache first = open()) {
            assertThat(claim(first, 1)).isTrue();
            try (DirectoryReplayCache second = open()) {
                assertThat(claim(second, 1)).isTrue();
                assertThat(claim(second, 1)).isFalse();
                assertThat(claim(second, 2)).isTrue();
            }
            assertThat(warnings()).singleElement().asString().contains("in memory only");
            assertThat(log.keyValues()).anyMatch(pairs -> pairs.contains("another proxy keeps its handshakes there"));
            assertThat(claim(first, 1)).isFalse();
        }
        try (DirectoryReplayCache third = open()) {
            assertThat(claim(third, 1)).isFalse();
            assertThat(claim(third, 2)).isTrue();
        }
        assertThat(warnings()).hasSize(1);
    }

    /** As a proxy does that is started while the one before it still waits for its last clients. */
    @Test
    void whoeverComesSecondTakesTheDirectoryOverWhenTheFirstHasEnded() throws Exception {
        DirectoryReplayCache first = open();
        assertThat(claimNew(first, 0, 2)).isEqualTo(2);
        try (DirectoryReplayCache second = open()) {
            assertThat(claim(second, 10)).isTrue();
            first.close();
            awaitKeptAgain();
            assertThat(claimNew(second, 0, 2)).as("those of the first").isZero();
            assertThat(claim(second, 10)).isFalse();
            assertThat(claim(second, 11)).isTrue();
        }
        try (DirectoryReplayCache third = open()) {
            assertThat(claimNew(third, 0, 2)).isZero();
            assertThat(claimNew(third, 10, 12)).isZero();
        }
        assertThat(warnings()).singleElement().asString().contains("in memory only");
    }

    private void awaitKeptAgain() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (log.messages(Level.INFO).isEmpty()) {
            assertThat(deadline - System.nanoTime()).as("time left").isPositive();
            Thread.onSpinWait();
        }
    }

    @Test
    void withoutADirectoryItRemembersInMemoryOnly() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        try (DirectoryReplayCache cache = keeping.in(file.resolve("below"))) {
            assertThat(claim(cache, 1)).isTrue();
            assertThat(claim(cache, 1)).isFalse();
        }
        assertThat(warnings()).hasSize(1);
    }

    @Test
    void refusesTooLittleMemory() {
        assertThatIllegalArgumentException().isThrownBy(() -> keeping.in(directory, MIB - 1));
        assertThat(directory).isEmptyDirectory();
    }
}
