package io.github.mtgjava.spi;

import io.github.mtgjava.IpFamily;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import java.util.Set;

/**
 * Finds out by which addresses the world sees this machine, for a proxy with an ad tag behind NAT. Called on the thread that
 * starts the proxy, and later now and then on one of its background threads, never on two at a time. It may block, which
 * delays the start: a few seconds at the most are advisable.
 */
@FunctionalInterface
public interface PublicAddressFinder {

    /**
     * The addresses that can be found at present. Of a family that is missing in the answer the proxy goes on with what it
     * knew before.
     *
     * @param families those that are needed, never none
     * @return addresses, each of the family that it is named by; others are ignored
     * @throws IOException ends the start of the proxy, as any other exception does: {@link io.github.mtgjava.MtProxy#start} throws an
     *     {@link io.github.mtgjava.MtProxyException} with it as the cause, or the one that was thrown here; later, any exception is
     *     logged, and the call is made again soon
     * @throws InterruptedException if the thread is interrupted, which is how the proxy's background threads end
     */
    Map<IpFamily, InetAddress> find(Set<IpFamily> families) throws IOException, InterruptedException;
}
