package io.github.mtgjava.internal.telegram.link;

import io.github.mtgjava.transport.middleproxy.FrameWriter;
import io.github.mtgjava.transport.nio.PendingBytes;
import io.github.mtgjava.transport.nio.TcpConnection;
import java.nio.ByteBuffer;

/**
 * Writes whole frames to a link's socket, through the loop's output buffer. Frames wait there until {@link #flush}, which
 * whoever wrote calls before it returns to the loop: so one call of the system carries several.
 */
final class LinkWriter {

    private final FrameWriter frames;
    private final LinkOutput output;
    private final TcpConnection connection;

    LinkWriter(FrameWriter frames, LinkOutput output, TcpConnection connection) {
        this.frames = frames;
        this.output = output;
        this.connection = connection;
    }

    /** One small frame, now. */
    void writeNow(ByteBuffer payload) {
        frames.begin(payload.remaining());
        put(payload);
        finish();
        flush();
    }

    /** One frame made of a header and a message. */
    void write(ByteBuffer header, ByteBuffer message) {
        frames.begin(header.remaining() + message.remaining());
        put(header);
        put(message);
        finish();
    }

    /** One frame made of a header and a message that came in pieces, which is empty then. */
    void write(ByteBuffer header, PendingBytes message) {
        frames.begin(header.remaining() + message.bytes());
        put(header);
        message.drainTo(this::put);
        finish();
    }

    void flush() {
        output.flushTo(connection);
    }

    /** Forgets what was not flushed: its link has ended, and nothing of it may get into another one. */
    void discard() {
        output.discard();
    }

    private void put(ByteBuffer part) {
        while (!frames.put(part, output.buffer())) {
            flush();
        }
    }

    private void finish() {
        while (!frames.finish(output.buffer())) {
            flush();
        }
    }
}
