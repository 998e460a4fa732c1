package io.github.mtgjava.internal.session;

import io.github.mtgjava.transport.nio.EventLoop;
import io.github.mtgjava.transport.nio.TcpConnection;
import java.nio.ByteBuffer;

/**
 * One direction of a relay: reads from its source, transforms, writes through to its sink. Stops reading while the sink
 * holds more than the high-water mark, so that a slow peer slows the other one down and never fills our memory.
 */
final class Pipe {

    /** {@link #pump}: the source broke the protocol. */
    static final int MALFORMED = -2;

    /** Bound on the first read, and on those after the sink could not take all of the one before. */
    private static final int CAUTIOUS_READ_BYTES = 32 * 1024;

    /** Bound on a read while memory is tight: it fits one chunk. */
    private static final int TIGHT_READ_BYTES = 8 * 1024;

    private final TcpConnection source;
    private final TcpConnection sink;
    private final Transform transform;
    private final int highWater;
    private final int fullRead;
    private int readLimit;
    private int lastOutput;
    private boolean ended;

    Pipe(TcpConnection source, TcpConnection sink, Transform transform, int highWater) {
        this(source, sink, transform, highWater, EventLoop.READ_BUFFER_BYTES);
    }

    /** With a bound on every read, for traffic that should not take much memory. */
    Pipe(TcpConnection source, TcpConnection sink, Transform transform, int highWater, int fullRead) {
        this.source = source;
        this.sink = sink;
        this.transform = transform;
        this.highWater = highWater;
        this.fullRead = fullRead;
        // A peer has to show that it keeps up before it may make us hold a large read.
        this.readLimit = Math.min(CAUTIOUS_READ_BYTES, fullRead);
    }

    /**
     * Moves what one read brings.
     *
     * @return the bytes read, 0, {@link TcpConnection#END_OF_STREAM} or {@link #MALFORMED}
     */
    int pump() {
        int bytesRead = transform.read(source, isTight() ? Math.min(readLimit, TIGHT_READ_BYTES) : readLimit);
        if (bytesRead <= 0) {
            return bytesRead;
        }
        ByteBuffer output = transform.transform(bytesRead);
        if (output == null) {
            return MALFORMED;
        }
        lastOutput = output.remaining();
        write(output);
        return bytesRead;
    }

    /** Bytes that the last successful {@link #pump} handed to the sink. */
    int lastOutput() {
        return lastOutput;
    }

    /** Writes to the sink and watches the high-water mark. */
    void write(ByteBuffer output) {
        if (sink.write(output)) {
            readLimit = Math.min(readLimit * 2, fullRead);
            return;
        }
        readLimit = Math.min(CAUTIOUS_READ_BYTES, fullRead);
        if (sink.pending() > highWater || isTight()) {
            source.pauseReading();
        }
    }

    /** So much is held for slow peers altogether that this one may not make us hold more than one small read. */
    private boolean isTight() {
        return sink.loop().pool().budget().isTight();
    }

    /** The sink took everything: go on reading. */
    void onDrained() {
        if (!ended) {
            source.resumeReading();
        }
    }

    /** The source ended: the sink is half-closed after everything that is held for it. */
    void end() {
        ended = true;
        source.pauseReading();
        sink.finish();
    }

    /** Whether the source ended and the sink has everything. */
    boolean isDone() {
        return ended && sink.pending() == 0;
    }
}
