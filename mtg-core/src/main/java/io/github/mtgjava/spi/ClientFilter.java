package io.github.mtgjava.spi;

import java.net.InetAddress;

/**
 * Decides by their address who may try a handshake. Whoever may not is refused as any stranger is: shown the cloaked site, or met
 * with silence. If it throws, the client is refused, and the fault counted and told as a crash.
 *
 * <p>Called on an event loop for every connection that comes, from several loops at once, so it must answer at once: what it
 * goes by is to be at hand. Only floods far beyond the proxy's limits are closed without asking it. {@link
 * io.github.mtgjava.AccessLists} is one that reads lists from files and web sites.
 */
@FunctionalInterface
public interface ClientFilter {

    /**
     * Whether a client from there may try.
     *
     * @param client its address; if a trusted load balancer tells it, then that. An IPv4 client of an IPv6 socket has its IPv4
     *     address
     */
    boolean allows(InetAddress client);

    /** Lets everybody try, the proxy's default. */
    static ClientFilter everybody() {
        return client -> true;
    }
}
