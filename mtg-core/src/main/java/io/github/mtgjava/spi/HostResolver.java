package io.github.mtgjava.spi;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Looks up host names. Called on the proxy's background threads, and with an ad tag on the thread that starts it, so it may
 * block, and has to be thread-safe. There is no need to remember answers: the proxy goes on with the last good one for a minute,
 * and for as long as there is no other.
 */
@FunctionalInterface
public interface HostResolver {

    /**
     * The addresses of a host, best first.
     *
     * @throws UnknownHostException if there are none, or they cannot be had now; other exceptions and an empty list count as
     *     that
     */
    List<InetAddress> resolve(String host) throws UnknownHostException;

    /** The platform's resolver. */
    static HostResolver system() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
