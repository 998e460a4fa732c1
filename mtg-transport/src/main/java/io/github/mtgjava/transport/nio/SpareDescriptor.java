package io.github.mtgjava.transport.nio;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file descriptor that is kept for when all others are used up: it is what a connection is accepted with, only to be closed at
 * once. So clients learn that there is no room for them, instead of waiting for it in the kernel's queue. For one thread.
 */
final class SpareDescriptor {

    private static final Logger LOG = LoggerFactory.getLogger(SpareDescriptor.class);

    private @Nullable SocketChannel spare;

    SpareDescriptor() {
        take();
    }

    private void take() {
        if (spare == null) {
            try {
                spare = SocketChannel.open();
            } catch (IOException none) {
                LOG.debug("there is no descriptor to spare", none);
            }
        }
    }

    /**
     * Closes connections that wait to be accepted, if there really is no other descriptor.
     *
     * @return how many, at most {@code most}
     */
    int turnAway(ServerSocketChannel listener, int most) {
        take();
        int count = 0;
        while (count < most && spare != null && !isAnotherFree()) {
            close();
            // Whoever is quicker than we gets the descriptor; then this fails, and the next time may come.
            try (SocketChannel unlucky = listener.accept()) {
                if (unlucky == null) {
                    return count;
                }
                count++;
            } catch (IOException none) {
                LOG.debug("the spare descriptor is gone", none);
                return count;
            } finally {
                take();
            }
        }
        return count;
    }

    private static boolean isAnotherFree() {
        try (SocketChannel another = SocketChannel.open()) {
            return another.isOpen();
        } catch (IOException none) {
            LOG.trace("all descriptors are used up", none);
            return false;
        }
    }

    void close() {
        if (spare != null) {
            Channels.close(spare);
            spare = null;
        }
    }
}
