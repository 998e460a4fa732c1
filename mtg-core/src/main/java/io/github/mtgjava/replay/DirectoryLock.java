package io.github.mtgjava.replay;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps all others out of a directory, in this process and in any other, until it is closed or the process ends. */
final class DirectoryLock implements Closeable {

    static final String FILE = "lock";

    /**
     * The directories that this process has locked. Others of its threads must not even open the file: when they close it
     * again, most systems take the lock from the process.
     */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Takes it.
     *
     * @throws TakenException if somebody has it
     * @throws IOException if there can be none
     */
    static DirectoryLock take(Path directory) throws IOException {
        Path real = directory.toRealPath();
        if (!OURS.add(real)) {
            throw taken();
        }
        try {
            return new DirectoryLock(real, locked(real.resolve(FILE)));
        } catch (IOException | RuntimeException failure) {
            OURS.remove(real);
            throw failure;
        }
    }

    private static FileChannel locked(Path file) throws IOException {
        FileChannel channel = FileChannels.createOrChange(file);
        try {
            if (channel.tryLock() == null) {
                throw taken();
            }
            return channel;
        } catch (OverlappingFileLockException here) {
            // By this code, loaded once more in this process.
            channel.close();
            throw taken();
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    private static IOException taken() {
        return new TakenException();
    }

    /** Somebody else has it, who may give it back. */
    static final class TakenException extends IOException {

        private static final long serialVersionUID = 1;

        private TakenException() {
            super("another proxy keeps its handshakes there");
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            OURS.remove(directory);
        }
    }
}
