package io.github.mtgjava.replay;

import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.internal.fetch.OwnerOnly;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fingerprints in the files of a directory, for its owner only. A file has as many as a generation in memory, and is removed
 * when all of them are forgotten there. Confined to one thread.
 */
final class ReplayDirectory implements ReplayStore {

    private static final Logger LOG = LoggerFactory.getLogger(ReplayDirectory.class);

    private static final String NAME = "handshakes-%012d";

    /** With a zero in front, so that there are numbers left whatever is found. */
    private static final Pattern NAMES = Pattern.compile("handshakes-(0[0-9]{11})");

    /** Four times what memory has generations: troubles with the disk make files that are not full. */
    private static final int MAX_FILES = 128;

    /** Nobody needs to look through a directory with more. */
    private static final int MAX_ENTRIES = 10_000;

    private final Path directory;
    private final RandomSource random;
    private final int recordsPerFile;
    /** Oldest first. */
    private final ArrayDeque<KeptFile> files = new ArrayDeque<>();

    private byte[] salt = new byte[0];
    private long nextNumber = 1;
    private @Nullable DirectoryLock lock;
    private @Nullable ReplayFileWriter writer;

    /** With the bound on the memory of what is to be kept. */
    ReplayDirectory(Path directory, long maxBytes, RandomSource random) {
        this.directory = directory;
        this.random = random;
        this.recordsPerFile = ReplayGenerations.generationKeys(maxBytes);
    }

    @Override
    public byte[] open() throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, OwnerOnly.directory(directory));
        }
        lock = DirectoryLock.take(directory);
        findFiles();
        salt = saltOfTheNewest();
        return salt.clone();
    }

    private void findFiles() throws IOException {
        List<KeptFile> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            int looked = 0;
            for (Path entry : entries) {
                if (++looked > MAX_ENTRIES) {
                    throw new IOException("there are too many files in it");
                }
                Matcher name = NAMES.matcher(String.valueOf(entry.getFileName()));
                if (name.matches()) {
                    found.add(new KeptFile(entry, Long.parseLong(name.group(1))));
                }
            }
        } catch (DirectoryIteratorException failure) {
            throw failure.getCause();
        }
        found.sort(Comparator.comparingLong(KeptFile::number));
        files.addAll(found);
        if (!files.isEmpty()) {
            nextNumber = files.getLast().number() + 1;
        }
    }

    private byte[] saltOfTheNewest() {
        for (Iterator<KeptFile> newestFirst = files.descendingIterator(); newestFirst.hasNext(); ) {
            byte[] found = newestFirst.next().salt().orElse(null);
            if (found != null) {
                return found;
            }
        }
        return random.bytes(Fingerprint.SALT_BYTES);
    }

    @Override
    public void load(ReplayGenerations into) throws IOException {
        while (files.size() > MAX_FILES) {
            remove(files.getFirst());
        }
        for (KeptFile file : List.copyOf(files)) {
            load(file, into);
        }
        // There is less memory than there was, perhaps.
        removeForgotten(into.forgotten());
    }

    private void load(KeptFile file, ReplayGenerations into) throws IOException {
        try {
            ReplayFileReader reader = file.read(salt, into::restore);
            String fault = reader.fault();
            if (fault != null) {
                warnOf(file, fault);
            }
            file.endAt(into.added());
            keepWhatIsGood(file, reader);
        } catch (ClosedByInterruptException ended) {
            throw ended;
        } catch (IOException unreadable) {
            warnOf(file, "cannot be read (" + unreadable.getMessage() + ")");
            remove(file);
        }
    }

    private static void warnOf(KeptFile file, String fault) {
        LOG.atWarn()
                .addKeyValue("event", "replay_file_refused")
                .addKeyValue("file", file.path())
                .log(
                        "a file of handshakes {}: what is wrong is removed, and whoever recorded a handshake that it had can"
                                + " play it once",
                        fault);
    }

    private void keepWhatIsGood(KeptFile file, ReplayFileReader reader) throws ClosedByInterruptException {
        ReplayFileHeader header = reader.header();
        if (header == null || reader.records() == 0) {
            remove(file);
            return;
        }
        boolean hasRoom = file == files.getLast() && reader.records() < recordsPerFile;
        if (!hasRoom && file.bytes() == reader.goodBytes()) {
            return;
        }
        try {
            ReplayFileWriter resumed = ReplayFileWriter.resume(file.path(), header, reader.records());
            if (hasRoom) {
                writer = resumed;
            } else {
                resumed.close();
            }
        } catch (ClosedByInterruptException ended) {
            throw ended;
        } catch (IOException failure) {
            // Another file will do for what comes.
            LOG.debug("{} stays as it is", file.path(), failure);
        }
    }

    private void remove(KeptFile file) {
        try {
            Files.deleteIfExists(file.path());
        } catch (IOException failure) {
            LOG.atWarn()
                    .addKeyValue("event", "replay_file_stays")
                    .addKeyValue("file", file.path())
                    .addKeyValue("cause", failure.toString())
                    .log("a file of handshakes cannot be removed");
        }
        files.remove(file);
    }

    @Override
    public void append(Batch batch) throws IOException {
        try {
            int from = 0;
            while (from < batch.size()) {
                ReplayFileWriter open = writerWithRoom();
                // Until it is known how much of it is there.
                files.getLast().endAt(batch.added());
                int count = (int) Math.min(batch.size() - from, recordsPerFile - open.records());
                open.append(batch, from, count);
                from += count;
                files.getLast().endAt(batch.added() - (batch.size() - from));
            }
            removeForgotten(batch.forgotten());
        } catch (IOException | RuntimeException failure) {
            abandonFile();
            throw failure;
        }
    }

    private ReplayFileWriter writerWithRoom() throws IOException {
        ReplayFileWriter open = writer;
        if (open != null && open.records() < recordsPerFile) {
            return open;
        }
        closeWriter();
        KeptFile file = new KeptFile(directory.resolve(NAME.formatted(nextNumber)), nextNumber);
        nextNumber++;
        ReplayFileWriter begun = ReplayFileWriter.begin(file.path(), ReplayFileHeader.of(salt, file.number()));
        files.addLast(file);
        writer = begun;
        return begun;
    }

    private void removeForgotten(long forgotten) {
        while ((files.size() > 1 && files.getFirst().end() <= forgotten) || files.size() > MAX_FILES) {
            remove(files.getFirst());
        }
    }

    /** After a failure: what is in the file stays, if anything is, and the next batch goes to another one. */
    private void abandonFile() {
        ReplayFileWriter failed = writer;
        try {
            closeWriter();
        } catch (IOException failure) {
            LOG.debug("a file of handshakes cannot be closed", failure);
        }
        if (failed != null && failed.records() == 0) {
            remove(files.getLast());
        }
    }

    private void closeWriter() throws IOException {
        ReplayFileWriter open = writer;
        writer = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            closeWriter();
        } finally {
            if (lock != null) {
                lock.close();
            }
        }
    }
}
