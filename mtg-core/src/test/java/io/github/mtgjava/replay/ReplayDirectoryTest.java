package io.github.mtgjava.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Level;
import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.internal.LogRecorder;
import io.github.mtgjava.replay.ReplayFiles.Print;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What may be found in the directory, and what becomes of it. */
@Timeout(120)
class ReplayDirectoryTest {

    private static final List<Print> OLDER = ReplayFiles.prints(0, 3);
    private static final List<Print> NEWER = ReplayFiles.prints(100, 3);

    @TempDir
    private Path home;

    private Path directory;
    private final LogRecorder log = LogRecorder.of(ReplayDirectory.class);

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = Files.createDirectory(home.resolve("replays"));
    }

    @AfterEach
    void stopRecording() {
        log.close();
    }

    private Path path(int number) {
        return directory.resolve("handshakes-%012d".formatted(number));
    }

    private void write(int number, byte[] content) throws IOException {
        Files.write(path(number), content);
    }

    private void writeBoth() throws IOException {
        write(1, ReplayFiles.file(ReplayFiles.SALT, 1, OLDER));
        write(2, ReplayFiles.file(ReplayFiles.SALT, 2, NEWER));
    }

    private ReplayDirectory opened() throws IOException {
        ReplayDirectory opened = new ReplayDirectory(directory, Keeping.MIB, RandomSource.secure());
        opened.open();
        return opened;
    }

    private ReplayGenerations load() throws IOException {
        ReplayGenerations loaded = new ReplayGenerations(Keeping.MIB);
        try (ReplayDirectory opened = opened()) {
            opened.load(loaded);
        }
        return loaded;
    }

    private static void assertHas(ReplayGenerations loaded, List<Print> prints) {
        for (Print print : prints) {
            assertThat(loaded.add(print.high(), print.low())).as("%s", print).isFalse();
        }
    }

    private List<String> warnings() {
        return log.messages(Level.WARN);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    /** It is opened and loaded again: nobody is warned of the same thing for ever. */
    private void assertPeaceNow(int before) throws IOException {
        load();
        assertThat(warnings()).hasSize(before);
    }

    @Test
    void loadsWhatIsThereOldestFirst() throws IOException {
        writeBoth();
        try (ReplayDirectory opened = new ReplayDirectory(directory, Keeping.MIB, RandomSource.secure())) {
            assertThat(opened.open()).isEqualTo(ReplayFiles.SALT);
            ReplayGenerations loaded = new ReplayGenerations(Keeping.MIB);
            opened.load(loaded);
            assertThat(loaded.added()).isEqualTo(6);
            assertHas(loaded, OLDER);
            assertHas(loaded, NEWER);
        }
        assertThat(warnings()).isEmpty();
        assertThat(names()).containsExactly("handshakes-000000000001", "handshakes-000000000002", "lock");
    }

    @Test
    void everyNewDirectoryHasASaltOfItsOwn() throws IOException {
        byte[] one;
        try (ReplayDirectory first = new ReplayDirectory(home.resolve("a"), Keeping.MIB, RandomSource.secure())) {
            one = first.open();
        }
        try (ReplayDirectory second = new ReplayDirectory(home.resolve("b"), Keeping.MIB, RandomSource.secure())) {
            assertThat(second.open()).hasSize(16).isNotEqualTo(one);
        }
    }

    @Test
    void directoryAndFilesAreTheOwnersOnly() throws IOException {
        assumeTrue(directory.getFileSystem().supportedFileAttributeViews().contains("posix"));
        Path made = home.resolve("deep").resolve("er");
        try (DirectoryReplayCache cache = new Keeping().in(made)) {
            Keeping.claim(cache, 1);
        }
        assertThat(permissions(made)).isEqualTo("rwx------");
        assertThat(permissions(made.getParent())).isEqualTo("rwx------");
        assertThat(permissions(made.resolve("lock"))).isEqualTo("rw-------");
        assertThat(permissions(made.resolve("handshakes-000000000001"))).isEqualTo("rw-------");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    /** As after a crash: what is whole counts, nobody is warned, and writing goes on behind it. */
    @Test
    void cutsATornTailOff() throws IOException {
        byte[] whole = ReplayFiles.file(ReplayFiles.SALT, 2, NEWER);
        for (int cut = 0; cut <= whole.length; cut++) {
            write(1, ReplayFiles.file(ReplayFiles.SALT, 1, OLDER));
            write(2, Arrays.copyOf(whole, cut));
            int left = cut < 40 ? 0 : (cut - 40) / 20;
            Print added = Print.of(1000 + cut);
            ReplayGenerations loaded = new ReplayGenerations(Keeping.MIB);
            try (ReplayDirectory opened = opened()) {
                opened.load(loaded);
                assertThat(loaded.added()).as("cut at %d", cut).isEqualTo(3 + left);
                Batch batch = new Batch();
                batch.offer(added.high(), added.low());
                batch.seal(4 + left, 0);
                opened.append(batch);
            }
            ReplayGenerations again = load();
            assertThat(again.added()).as("cut at %d", cut).isEqualTo(4 + left);
            assertHas(again, OLDER);
            assertHas(again, NEWER.subList(0, left));
            assertHas(again, List.of(added));
            removeFiles();
        }
        assertThat(warnings()).isEmpty();
    }

    private void removeFiles() throws IOException {
        for (String name : names()) {
            Files.delete(directory.resolve(name));
        }
    }

    @Test
    void noFlippedByteThrowsOrHarmsTheOtherFile() throws IOException {
        byte[] older = ReplayFiles.file(ReplayFiles.SALT, 1, OLDER);
        byte[] newer = ReplayFiles.file(ReplayFiles.SALT, 2, NEWER);
        for (int at = 0; at < older.length; at++) {
            for (int flipped = 1; flipped <= 2; flipped++) {
                byte[] damaged = flipped == 1 ? older.clone() : newer.clone();
                damaged[at] ^= 0x40;
                write(1, flipped == 1 ? damaged : older);
                write(2, flipped == 2 ? damaged : newer);
                int before = warnings().size();
                ReplayGenerations loaded = load();
                assertThat(warnings()).as("byte %d", at).hasSize(before + 1);
                assertHas(loaded, flipped == 1 ? NEWER : OLDER);
                assertHas(loaded, (flipped == 1 ? OLDER : NEWER).subList(0, at < 40 ? 0 : (at - 40) / 20));
                assertPeaceNow(before + 1);
                removeFiles();
            }
        }
        assertThat(warnings().get(0)).contains("a file of handshakes is no file of handshakes");
        assertThat(log.keyValues().get(0)).contains("replay_file_refused", "handshakes-000000000001");
    }

    @Test
    void filesOfOtherSaltsGiveWayToTheNewest() throws IOException {
        byte[] salt = ReplayFiles.SALT.clone();
        salt[0]++;
        write(1, ReplayFiles.file(salt, 1, OLDER));
        write(2, ReplayFiles.file(ReplayFiles.SALT, 2, NEWER));
        ReplayGenerations loaded = load();
        assertThat(loaded.added()).isEqualTo(3);
        assertHas(loaded, NEWER);
        assertThat(warnings()).singleElement().asString().contains("belongs to other files");
        assertThat(names()).containsExactly("handshakes-000000000002", "lock");
    }

    @Test
    void aFileMovedToAnotherNameIsRefused() throws IOException {
        write(3, ReplayFiles.file(ReplayFiles.SALT, 1, OLDER));
        assertThat(load().added()).isZero();
        assertThat(warnings()).singleElement().asString().contains("has the name of another file");
        assertPeaceNow(1);
    }

    @Test
    void filesTooLargeAreRefusedUnread() throws IOException {
        writeBoth();
        try (RandomAccessFile endless = new RandomAccessFile(path(3).toFile(), "rw")) {
            endless.setLength(KeptFile.MAX_BYTES + 1);
        }
        ReplayGenerations loaded = load();
        assertThat(warnings()).singleElement().asString().contains("cannot be read (larger than any such file)");
        assertPeaceNow(1);
        assertThat(loaded.bytes()).isLessThanOrEqualTo(Keeping.MIB);
    }

    @Test
    void linksAreNotFollowed() throws IOException {
        writeBoth();
        Path elsewhere = Files.write(home.resolve("elsewhere"), ReplayFiles.file(ReplayFiles.SALT, 3, OLDER));
        Files.createSymbolicLink(path(3), elsewhere);
        Files.createSymbolicLink(path(4), Path.of("/dev/zero"));
        ReplayGenerations loaded = load();
        assertHas(loaded, OLDER);
        assertHas(loaded, NEWER);
        assertThat(loaded.added()).isEqualTo(6);
        assertThat(warnings()).hasSize(2);
        assertThat(elsewhere).exists();
        assertThat(path(3)).matches(path -> !Files.exists(path, LinkOption.NOFOLLOW_LINKS));
        assertPeaceNow(2);
    }

    @Test
    void pipesAndDirectoriesAreNotOpened() throws Exception {
        writeBoth();
        Files.createDirectory(path(3));
        Process mkfifo = new ProcessBuilder("mkfifo", path(4).toString()).start();
        assumeTrue(mkfifo.waitFor() == 0, "there are no pipes here");
        ReplayGenerations loaded = load();
        assertThat(loaded.added()).isEqualTo(6);
        assertThat(warnings()).hasSize(2);
        assertPeaceNow(2);
    }

    /** The one thing that cannot be mended: the log says so every time. */
    @Test
    void aDirectoryWithSomethingInItStays() throws IOException {
        writeBoth();
        Files.createFile(Files.createDirectory(path(3)).resolve("something"));
        assertThat(load().added()).isEqualTo(6);
        assertThat(warnings()).hasSize(2).last().asString().contains("cannot be removed");
        try (ReplayDirectory opened = opened()) {
            opened.load(new ReplayGenerations(Keeping.MIB));
            Batch batch = new Batch();
            batch.offer(1, 1);
            batch.seal(7, 0);
            opened.append(batch);
        }
        assertThat(load().added()).isEqualTo(7);
    }

    @Test
    void whatMayNotBeReadIsReplaced() throws IOException {
        writeBoth();
        path(2).toFile().setReadable(false);
        assumeTrue(!Files.isReadable(path(2)), "root may read everything");
        assertThat(load().added()).isEqualTo(3);
        assertThat(warnings()).hasSize(1);
        assertPeaceNow(1);
    }

    @Test
    void strangersFilesStay() throws IOException {
        writeBoth();
        Files.writeString(directory.resolve("handshakes-1"), "mine");
        Files.writeString(directory.resolve("handshakes-0000000000010"), "mine");
        Files.writeString(directory.resolve("handshakes-999999999999"), "mine");
        load();
        assertThat(names())
                .containsExactly(
                        "handshakes-000000000001",
                        "handshakes-0000000000010",
                        "handshakes-000000000002",
                        "handshakes-1",
                        "handshakes-999999999999",
                        "lock");
        assertThat(warnings()).isEmpty();
    }

    @Test
    void aDirectoryWithFarTooManyFilesIsNotUsed() throws IOException {
        for (int i = 0; i <= 10_000; i++) {
            Files.createFile(directory.resolve("x" + i));
        }
        assertThatIOException().isThrownBy(this::load).withMessageContaining("too many files");
    }

    @Test
    void onlySoManyFilesAreKept() throws IOException {
        for (int number = 1; number <= 200; number++) {
            write(number, ReplayFiles.file(ReplayFiles.SALT, number, ReplayFiles.prints(10 * number, 1)));
        }
        assertThat(load().added()).isEqualTo(128);
        assertThat(path(72)).doesNotExist();
        assertThat(path(73)).exists();
        assertThat(warnings()).isEmpty();
    }

    @Test
    void nothingButADirectoryWillDo() throws IOException {
        Path file = Files.createFile(home.resolve("file"));
        try (ReplayDirectory none = new ReplayDirectory(file, Keeping.MIB, RandomSource.secure())) {
            assertThatIOException().isThrownBy(none::open);
        }
    }

    @Test
    void twoCannotShareIt() throws IOException {
        try (ReplayDirectory first = opened();
                ReplayDirectory second = new ReplayDirectory(
                        Files.createSymbolicLink(home.resolve("link"), directory),
                        Keeping.MIB,
                        RandomSource.secure())) {
            assertThatIOException().isThrownBy(second::open).withMessageContaining("another proxy");
            assertThat(first).isNotNull();
        }
        try (ReplayDirectory next = opened()) {
            assertThat(next).isNotNull();
        }
    }

    @Test
    void whoeverElseHasTheLockIsRespected() throws IOException {
        try (FileChannel other = FileChannel.open(
                        directory.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = other.lock()) {
            assertThat(held.isValid()).isTrue();
            assertThatIOException().isThrownBy(this::opened).withMessageContaining("another proxy");
        }
        assertThat(load().added()).isZero();
    }

    @Test
    void aLockThatIsNoFileIsNotUsed() throws IOException {
        Files.createSymbolicLink(directory.resolve("lock"), Path.of("/dev/null"));
        assertThatIOException().isThrownBy(this::opened).withMessageContaining("no regular file");
    }
}
