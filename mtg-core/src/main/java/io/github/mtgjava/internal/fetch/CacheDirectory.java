package io.github.mtgjava.internal.fetch;

import io.github.mtgjava.crypto.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Good copies of documents on disk, for its owner only. A file's time says when the document was last confirmed. Nothing that
 * goes wrong here is fatal. Confined to one thread at a time.
 */
public final class CacheDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(CacheDirectory.class);

    /** Enough to tell what one proxy keeps apart. */
    private static final int NAME_BYTES = 8;

    private final Path directory;

    /** What could not be written last time: the same trouble every hour is no news. */
    private final Set<String> unwritten = new HashSet<>();

    /** That directory, which is made when it is needed. */
    public CacheDirectory(Path directory) {
        this.directory = directory;
    }

    /** A name for a copy of something that has a longer one, which nobody can read from it. */
    public static String fileName(String kind, String name) {
        byte[] hash = Sha256.of(name.getBytes(StandardCharsets.UTF_8));
        return kind + "-" + HexFormat.of().formatHex(hash, 0, NAME_BYTES);
    }

    /** A document as it was once. */
    public static final class Copy {

        private final byte[] bytes;
        private final Instant confirmedAt;

        Copy(byte[] bytes, Instant confirmedAt) {
            this.bytes = bytes;
            this.confirmedAt = confirmedAt;
        }

        /** All of it. */
        public byte[] bytes() {
            return bytes;
        }

        /** When it was the document for the last time. */
        public Instant confirmedAt() {
            return confirmedAt;
        }
    }

    /** The copy, if there is a good one. */
    public Optional<Copy> read(Fetchable document) {
        Path file = file(document);
        try {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            if (!Files.isRegularFile(file)) {
                // Opening a pipe, for one, would never end.
                throw new IOException("no regular file");
            }
            byte[] bytes = readAtMost(file, document.maxBytes() + 1);
            String fault = document.fault(bytes);
            if (fault == null) {
                return Optional.of(
                        new Copy(bytes, Files.getLastModifiedTime(file).toInstant()));
            }
            LOG.atWarn()
                    .addKeyValue("event", "cache_ignored")
                    .addKeyValue("file", file)
                    .log("the cached copy of {} is of no use: it {}", document.title(), fault);
        } catch (IOException failure) {
            LOG.atWarn()
                    .addKeyValue("event", "cache_ignored")
                    .addKeyValue("file", file)
                    .addKeyValue("cause", failure.toString())
                    .log("the cached copy of {} cannot be read", document.title());
        }
        return Optional.empty();
    }

    private static byte[] readAtMost(Path file, int maxBytes) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(maxBytes);
        }
    }

    /** Keeps a copy of a document that has just been confirmed. */
    public void write(Fetchable document, byte[] bytes, Instant confirmedAt) {
        Path file = file(document);
        try {
            makeDirectory();
            if (!isSame(file, bytes)) {
                replace(file, bytes);
            }
            Files.setLastModifiedTime(file, FileTime.from(confirmedAt));
            unwritten.remove(document.fileName());
        } catch (IOException failure) {
            boolean known = !unwritten.isEmpty();
            unwritten.add(document.fileName());
            if (!known) {
                LOG.atWarn()
                        .addKeyValue("event", "cache_failed")
                        .addKeyValue("file", file)
                        .addKeyValue("cause", failure.toString())
                        .log(
                                "cannot keep a copy of {}: the next start needs the site it comes from; make the cache"
                                        + " directory writable, or name another one",
                                document.title());
            }
        }
    }

    private void makeDirectory() throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory, OwnerOnly.directory(directory));
        }
    }

    private static boolean isSame(Path file, byte[] bytes) {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && Files.size(file) == bytes.length
                    && Arrays.equals(readAtMost(file, bytes.length), bytes);
        } catch (IOException unreadable) {
            LOG.trace("a cached copy cannot be compared", unreadable);
            return false;
        }
    }

    /** At once or not at all: whoever reads it never sees half of it. */
    private void replace(Path file, byte[] bytes) throws IOException {
        Path temporary =
                Files.createTempFile(directory, file.getFileName().toString(), ".tmp", OwnerOnly.file(directory));
        try {
            Files.write(temporary, bytes);
            try {
                Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException notHere) {
                LOG.trace("no atomic moves in {}", directory, notHere);
                Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private Path file(Fetchable document) {
        return directory.resolve(document.fileName());
    }
}
