package io.github.mtgjava.replay;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes a file of fingerprints. Confined to one thread. */
final class ReplayFileWriter implements Closeable {

    private final FileChannel channel;
    private final RecordCheck check;
    private long records;

    private ReplayFileWriter(FileChannel channel, RecordCheck check, long records) {
        this.channel = channel;
        this.check = check;
        this.records = records;
    }

    /** A new file, which must not exist. */
    static ReplayFileWriter begin(Path path, ReplayFileHeader header) throws IOException {
        FileChannel channel = FileChannels.create(path);
        try {
            writeAll(channel, ByteBuffer.wrap(header.bytes()));
            return new ReplayFileWriter(channel, header.recordCheck(), 0);
        } catch (IOException | RuntimeException failure) {
            channel.close();
            Files.deleteIfExists(path);
            throw failure;
        }
    }

    /** Goes on behind the last good record of a file; what is there now is cut off. */
    static ReplayFileWriter resume(Path path, ReplayFileHeader header, long records) throws IOException {
        FileChannel channel = FileChannels.change(path);
        try {
            channel.truncate(ReplayFileHeader.BYTES + records * ReplayFileHeader.RECORD_BYTES);
            channel.position(channel.size());
            return new ReplayFileWriter(channel, header.recordCheck(), records);
        } catch (IOException | RuntimeException failure) {
            channel.close();
            throw failure;
        }
    }

    /** Writes some of a batch, and waits until a power cut cannot take it away any more. */
    void append(Batch batch, int from, int count) throws IOException {
        ByteBuffer written = ByteBuffer.allocate(count * ReplayFileHeader.RECORD_BYTES);
        for (int i = 0; i < count; i++) {
            long high = batch.high(from + i);
            long low = batch.low(from + i);
            written.putLong(high).putLong(low).putInt(check.of(records + i, high, low));
        }
        writeAll(channel, written.flip());
        channel.force(false);
        records += count;
    }

    private static void writeAll(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** How many records the file has. */
    long records() {
        return records;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
