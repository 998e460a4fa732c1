package io.github.mtgjava.internal.cloak;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.function.Predicate;

/**
 * Whether connecting to an address would come back to this proxy: a cloaked host that resolves to the proxy would make it
 * talk to itself until nothing is left.
 */
public final class SelfCheck implements Predicate<InetSocketAddress> {

    private final InetSocketAddress listener;
    private final List<InetSocketAddress> publicAddresses;

    /**
     * For a listener.
     *
     * @param publicAddresses as the world sees it; port 0 stands for the listener's
     */
    public SelfCheck(InetSocketAddress listener, List<InetSocketAddress> publicAddresses) {
        this.listener = listener;
        this.publicAddresses = publicAddresses;
    }

    @Override
    public boolean test(InetSocketAddress address) {
        return isPublic(address) || (address.getPort() == listener.getPort() && reachesListener(address.getAddress()));
    }

    private boolean isPublic(InetSocketAddress address) {
        return publicAddresses.stream().anyMatch(known -> {
            int port = known.getPort() == 0 ? listener.getPort() : known.getPort();
            return address.getPort() == port && address.getAddress().equals(known.getAddress());
        });
    }

    private boolean reachesListener(InetAddress address) {
        if (address.isAnyLocalAddress()) {
            // The JDK and the kernel turn it into some address of this machine, which may be the listener's.
            return true;
        }
        if (!listener.getAddress().isAnyLocalAddress()) {
            return address.equals(listener.getAddress());
        }
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            // Better no site than an endless loop.
            return true;
        }
    }
}
