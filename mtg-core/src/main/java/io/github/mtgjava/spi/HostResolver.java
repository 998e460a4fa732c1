package io.github.mtgjava.spi;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Looks up host names. Called on the proxy's background threads, and with an ad tag on the thread that starts it, so it may
 * block; one call per name at a time.
 */
@FunctionalInterface
public interface HostResolver {

    /**
     * The addresses of a host, best first.
     *
     * @throws UnknownHostException if there are none
     */
    List<InetAddress> resolve(String host) throws UnknownHostException;

    /** The platform's resolver. */
    static HostResolver system() {
        return host -> List.of(InetAddress.getAllByName(host));
    }
}
