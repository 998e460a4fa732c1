package io.github.mtgjava.replay;

import io.github.mtgjava.internal.fetch.OwnerOnly;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** Opens files of ours, and nothing that only has the place of one: opening a pipe, for one, would never end. */
final class FileChannels {

    private FileChannels() {}

    /** A new file, for its owner only. */
    static FileChannel create(Path path) throws IOException {
        Set<OpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return FileChannel.open(path, options, OwnerOnly.file(path));
    }

    /** A file that is there or not, for its owner only. */
    static FileChannel createOrChange(Path path) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return change(path);
        }
        Set<OpenOption> options =
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        return FileChannel.open(path, options, OwnerOnly.file(path));
    }

    /** A file that is there, for writing. */
    static FileChannel change(Path path) throws IOException {
        refuseStrange(path);
        return FileChannel.open(path, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    }

    /** A file that is there, for reading. */
    static FileChannel read(Path path) throws IOException {
        refuseStrange(path);
        return FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    }

    private static void refuseStrange(Path path) throws IOException {
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException("no regular file");
        }
    }
}
