package io.github.mtgjava.replay;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One of the files in which fingerprints are kept. Confined to one thread. */
final class KeptFile {

    /** More fingerprints than that never make a generation. */
    static final long MAX_BYTES = ReplayFileHeader.BYTES
            + (long) ReplayGeneration.capacity(ReplayGeneration.MAX_BYTES) * ReplayFileHeader.RECORD_BYTES;

    private static final int PIECE_BYTES = 1 << 16;

    private final Path path;
    private final long number;
    private long end;

    /** What may be a file with that number. */
    KeptFile(Path path, long number) {
        this.path = path;
        this.number = number;
    }

    Path path() {
        return path;
    }

    long number() {
        return number;
    }

    /** How many fingerprints had ever been added when the last one of this file was: once so many are forgotten, all of its. */
    long end() {
        return end;
    }

    void endAt(long added) {
        end = added;
    }

    /** How long it is; 0 if nobody knows. */
    long bytes() {
        try {
            return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .size();
        } catch (IOException unknown) {
            return 0;
        }
    }

    /** The salt of its fingerprints, if it has a good header. */
    Optional<byte[]> salt() {
        ReplayFileReader reader = new ReplayFileReader(number, null);
        try (FileChannel channel = FileChannels.read(path)) {
            readPiece(channel, ByteBuffer.allocate(ReplayFileHeader.BYTES), reader, (high, low) -> {});
        } catch (IOException unreadable) {
            return Optional.empty();
        }
        return Optional.ofNullable(reader.header()).map(ReplayFileHeader::salt);
    }

    /** Reads it; fingerprints go to the sink. */
    ReplayFileReader read(byte @Nullable [] salt, ReplayFileReader.Sink sink) throws IOException {
        ReplayFileReader reader = new ReplayFileReader(number, salt);
        try (FileChannel channel = FileChannels.read(path)) {
            if (channel.size() > MAX_BYTES) {
                throw new IOException("larger than any such file");
            }
            ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES);
            while (!reader.isHopeless() && readPiece(channel, piece, reader, sink)) {
                piece.clear();
            }
        }
        return reader;
    }

    private static boolean readPiece(
            FileChannel channel, ByteBuffer piece, ReplayFileReader reader, ReplayFileReader.Sink sink)
            throws IOException {
        boolean more = channel.read(piece) >= 0;
        reader.read(piece.flip(), sink);
        return more;
    }
}
