package io.github.mtgjava.cli.doctor;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;
import java.util.function.Predicate;

/** Whether a connection to an address would arrive at the proxy itself. */
final class LeadsBack implements Predicate<InetSocketAddress> {

    private final InetSocketAddress bind;
    private final Set<InetAddress> publicAddresses;

    /**
     * For a proxy.
     *
     * @param bind where it listens; with port 0 nothing is known to lead there
     * @param publicAddresses as the world sees this machine
     */
    LeadsBack(InetSocketAddress bind, Set<InetAddress> publicAddresses) {
        this.bind = bind;
        this.publicAddresses = publicAddresses;
    }

    @Override
    public boolean test(InetSocketAddress address) {
        if (address.getPort() != bind.getPort()) {
            return false;
        }
        InetAddress target = address.getAddress();
        return publicAddresses.contains(target)
                || target.equals(bind.getAddress())
                || target.isAnyLocalAddress()
                || (bind.getAddress().isAnyLocalAddress() && isLocal(target));
    }

    private static boolean isLocal(InetAddress address) {
        try {
            return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
        } catch (SocketException unknown) {
            return false;
        }
    }
}
