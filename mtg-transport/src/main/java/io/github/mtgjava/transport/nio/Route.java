package io.github.mtgjava.transport.nio;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A way to an address.
 *
 * @param address what is to be reached
 * @param hop what the socket connects to: the address itself, or somebody who connects us with it
 * @param opening asks the hop to do so; for one attempt, null if there is nothing to ask
 */
public record Route(
        InetSocketAddress address,
        InetSocketAddress hop,
        @Nullable Opening opening) {

    /** The straight way. */
    public static Route direct(InetSocketAddress address) {
        return new Route(address, address, null);
    }
}
