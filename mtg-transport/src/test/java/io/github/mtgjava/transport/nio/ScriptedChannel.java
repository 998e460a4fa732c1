package io.github.mtgjava.transport.nio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.GatheringByteChannel;

/** A socket that takes as many bytes as it was told, wherever in a buffer that ends, and then nothing. */
final class ScriptedChannel implements GatheringByteChannel {
    private final ByteArrayOutputStream taken = new ByteArrayOutputStream();
    private int room;
    private int widestGather;
    private boolean failing;

    void willTake(int bytes) {
        room = bytes;
    }

    void willFail() {
        failing = true;
    }

    byte[] taken() {
        return taken.toByteArray();
    }

    int size() {
        return taken.size();
    }

    /** The most buffers that one call brought. */
    int widestGather() {
        return widestGather;
    }

    @Override
    public int write(ByteBuffer source) throws IOException {
        if (failing) {
            throw new IOException("reset on purpose");
        }
        byte[] part = new byte[Math.min(room, source.remaining())];
        source.get(part);
        taken.writeBytes(part);
        room -= part.length;
        return part.length;
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
        widestGather = Math.max(widestGather, length);
        long written = 0;
        for (int i = offset; i < offset + length; i++) {
            written += write(sources[i]);
        }
        return written;
    }

    @Override
    public long write(ByteBuffer[] sources) throws IOException {
        return write(sources, 0, sources.length);
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public void close() {}
}
