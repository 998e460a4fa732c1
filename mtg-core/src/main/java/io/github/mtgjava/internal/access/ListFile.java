package io.github.mtgjava.internal.access;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** A list in a file. For one thread at a time. */
final class ListFile {

    private final Path path;
    private final AccessList list;
    private @Nullable Stamp stamp;

    /** By which a file that was changed or replaced is known. */
    private record Stamp(
            FileTime modified, long bytes, @Nullable Object key) {}

    ListFile(Path path, AccessList list) {
        this.path = path;
        this.list = list;
    }

    AccessList list() {
        return list;
    }

    /** Reads it if it has changed. */
    void look() {
        look(false);
    }

    /** Reads it, changed or not. */
    void read() {
        look(true);
    }

    private void look(boolean anyway) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                // Opening a pipe, for one, would never end.
                throw new IOException("it is no regular file");
            }
            // From before it is read: whoever writes meanwhile changes it once more.
            Stamp found = new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
            if (anyway || !found.equals(stamp)) {
                list.take(content());
                stamp = found;
            }
        } catch (IOException failure) {
            stamp = null;
            list.fail(words(failure));
        }
    }

    private byte[] content() throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(PrefixList.MAX_BYTES + 1);
        }
    }

    private static String words(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no such file";
        }
        return failure instanceof AccessDeniedException ? "it may not be read" : String.valueOf(failure.getMessage());
    }
}
