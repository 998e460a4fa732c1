package io.github.mtgjava.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import ch.qos.logback.classic.Level;
import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.internal.LogRecorder;
import io.github.mtgjava.replay.ReplayFiles.Print;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** After a write that failed the next one finds its way, and what was written counts. */
@Timeout(60)
class FailingWritesTest {

    @TempDir
    private Path home;

    private final LogRecorder log = LogRecorder.of(ReplayDirectory.class);
    private ReplayDirectory directory;
    private long added;

    @BeforeEach
    void open() throws IOException {
        directory = new ReplayDirectory(home.resolve("replays"), Keeping.MIB, RandomSource.secure());
        directory.open();
        directory.load(new ReplayGenerations(Keeping.MIB));
    }

    @AfterEach
    void close() throws IOException {
        directory.close();
        log.close();
    }

    private void append(List<Print> prints) throws IOException {
        append(prints, 0);
    }

    private void append(List<Print> prints, long forgotten) throws IOException {
        Batch batch = new Batch();
        prints.forEach(print -> batch.offer(print.high(), print.low()));
        added += prints.size();
        batch.seal(added, forgotten);
        directory.append(batch);
    }

    private void assertKept(int files, List<Print> prints) throws IOException {
        try (Stream<Path> all = Files.list(home.resolve("replays"))) {
            assertThat(all.filter(path -> path.getFileName().toString().startsWith("handshakes-")))
                    .hasSize(files);
        }
        directory.close();
        directory = new ReplayDirectory(home.resolve("replays"), Keeping.MIB, RandomSource.secure());
        directory.open();
        ReplayGenerations loaded = new ReplayGenerations(Keeping.MIB);
        directory.load(loaded);
        assertThat(loaded.added()).isEqualTo(prints.size());
        assertThat(prints).noneMatch(print -> loaded.add(print.high(), print.low()));
        assertThat(log.messages(Level.WARN)).isEmpty();
    }

    /** As an end of the disk: what is open cannot be used any more. */
    private void failToAppend(List<Print> prints) {
        Thread.currentThread().interrupt();
        assertThatIOException().isThrownBy(() -> append(prints));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aFileThatCannotBeBegunLeavesNothing() throws IOException {
        failToAppend(ReplayFiles.prints(0, 3));
        append(ReplayFiles.prints(10, 3));
        assertKept(1, ReplayFiles.prints(10, 3));
    }

    @Test
    void aFileThatCannotBeGoneOnWithIsFollowedByAnother() throws IOException {
        append(ReplayFiles.prints(0, 3));
        failToAppend(ReplayFiles.prints(3, 3));
        append(ReplayFiles.prints(6, 3));
        append(ReplayFiles.prints(9, 3));
        List<Print> kept = Stream.of(ReplayFiles.prints(0, 3), ReplayFiles.prints(6, 6))
                .flatMap(List::stream)
                .toList();
        assertKept(2, kept);
    }

    @Test
    void withoutItsDirectoryItFailsUntilThatIsBack() throws IOException {
        List<Print> full = ReplayFiles.prints(0, Keeping.GENERATION_KEYS);
        append(full);
        Path away = Files.move(home.resolve("replays"), home.resolve("away"));
        assertThatIOException().isThrownBy(() -> append(ReplayFiles.prints(5000, 1)));
        Files.move(away, home.resolve("replays"));
        append(ReplayFiles.prints(6000, 1));
        assertKept(
                2,
                Stream.of(full, ReplayFiles.prints(6000, 1))
                        .flatMap(List::stream)
                        .toList());
    }

    @Test
    void aBatchGoesToAsManyFilesAsItNeeds() throws IOException {
        append(ReplayFiles.prints(0, 1000));
        append(ReplayFiles.prints(1000, 4000));
        assertKept(4, ReplayFiles.prints(0, 5000));
    }

    @Test
    void whatIsForgottenIsRemovedAndNotAFileTooMany() throws IOException {
        append(ReplayFiles.prints(0, 2 * Keeping.GENERATION_KEYS));
        append(ReplayFiles.prints(5000, 1), Keeping.GENERATION_KEYS - 1);
        append(ReplayFiles.prints(5001, 1), Keeping.GENERATION_KEYS);
        List<Print> kept = Stream.of(
                        ReplayFiles.prints(Keeping.GENERATION_KEYS, Keeping.GENERATION_KEYS),
                        ReplayFiles.prints(5000, 2))
                .flatMap(List::stream)
                .toList();
        assertKept(2, kept);
    }

    /** Even if nearly every write fails there are not more and more files. */
    @Test
    void thereIsAnEndToTheNumberOfFiles() throws IOException {
        for (int i = 0; i < 140; i++) {
            append(ReplayFiles.prints(10 * i, 1));
            failToAppend(ReplayFiles.prints(10 * i + 1, 1));
        }
        try (Stream<Path> all = Files.list(home.resolve("replays"))) {
            assertThat(all).hasSizeLessThanOrEqualTo(129);
        }
    }
}
