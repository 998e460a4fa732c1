package io.github.mtgjava.internal.telegram.link;

import io.github.mtgjava.transport.nio.TcpConnection;
import java.nio.ByteBuffer;

/** The memory through which a loop's links write. What is in it belongs to one link, until that flushes it. */
final class LinkOutput {

    private static final int BYTES = 64 * 1024;

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES);

    /** Where frames go. */
    ByteBuffer buffer() {
        return buffer;
    }

    /** Writes what is in it. */
    void flushTo(TcpConnection connection) {
        if (buffer.position() > 0) {
            try {
                connection.write(buffer.flip());
            } finally {
                // Whatever happened, nothing of it may get into another link.
                buffer.clear();
            }
        }
    }

    /** Forgets what is in it. */
    void discard() {
        buffer.clear();
    }
}
