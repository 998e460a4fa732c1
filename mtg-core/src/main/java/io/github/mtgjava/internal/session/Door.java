package io.github.mtgjava.internal.session;

import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.spi.ClientFilter;
import io.github.mtgjava.transport.nio.EventLoop;
import io.github.mtgjava.transport.nio.FailureHandler;
import java.net.InetAddress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Decides who may try a handshake. Confined to its loop. */
final class Door {

    /** So long a client may take nothing, or leave a message incomplete, while others are refused for the memory it holds. */
    private static final long STUCK_NANOS = Duration.ofSeconds(60).toNanos();

    private final EventLoop loop;
    private final Crowd crowd;
    private final ClientFilter filter;
    private final FailureHandler failures;

    Door(EventLoop loop, Crowd crowd, ClientFilter filter, FailureHandler failures) {
        this.loop = loop;
        this.crowd = crowd;
        this.filter = filter;
        this.failures = failures;
    }

    /**
     * Why there is nothing to spare for a newcomer, not even to refuse it as others are; null if there is.
     *
     * @param ofAddress how many connections its address has
     */
    @Nullable
    RefusalReason shuts(int ofAddress) {
        if (crowd.isFarOverLimit()) {
            return RefusalReason.CONNECTION_LIMIT;
        }
        return crowd.isFarOverAddressLimit(ofAddress) ? RefusalReason.ADDRESS_LIMIT : null;
    }

    /**
     * Why a newcomer may not try; null if it may. Those who are not wanted use up nothing of what others may have.
     *
     * @param isCounted whether its handshake counts as one in progress already, as that of a load balancer's client does
     */
    @Nullable
    RefusalReason refuses(InetAddress client, int ofAddress, boolean isCounted) {
        if (!isWanted(client)) {
            return RefusalReason.BLOCKED;
        }
        if (crowd.isOverAddressLimit(ofAddress)) {
            return RefusalReason.ADDRESS_LIMIT;
        }
        if (crowd.isOverLimit()) {
            return RefusalReason.CONNECTION_LIMIT;
        }
        if (loop.pool().budget().isShort()) {
            // It will be too late for this one, but not for the next.
            loop.dropStuck(STUCK_NANOS);
            return RefusalReason.MEMORY_SHORT;
        }
        if (crowd.hasAllHandshakes(isCounted)) {
            return RefusalReason.HANDSHAKE_LIMIT;
        }
        return crowd.takesHandshake(loop.now()) ? null : RefusalReason.HANDSHAKE_RATE;
    }

    /** A filter that fails lets nobody in: nobody knows whom it would have kept out. */
    private boolean isWanted(InetAddress client) {
        try {
            return filter.allows(client);
        } catch (Throwable failure) {
            failures.onFailure(failure);
            return false;
        }
    }
}
