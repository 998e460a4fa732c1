package io.github.mtgjava.internal.session;

import io.github.mtgjava.transport.nio.TcpConnection;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What happens to bytes between the connection they are read from and the one they are written to. */
interface Transform {

    /**
     * Reads once into the loop's buffer.
     *
     * @param maxBytes bound on what is read; the buffer's size is another
     * @return how many bytes, 0, or {@link TcpConnection#END_OF_STREAM}
     */
    int read(TcpConnection source, int maxBytes);

    /**
     * Transforms what was just read, in place.
     *
     * @return what to write, perhaps nothing; null if the source broke the protocol
     */
    @Nullable
    ByteBuffer transform(int bytesRead);
}
