package io.github.mtgjava.cli.doctor;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * The site that strangers are shown.
 *
 * @param host the name that visitors ask for; empty if the site is known by its address only
 * @param address where the proxy connects to, perhaps unresolved
 */
record CloakTarget(Optional<String> host, InetSocketAddress address) {

    private static final int DEFAULT_PORT = 443;

    /**
     * As {@code run} takes it.
     *
     * @param secretHost the host of a tls secret
     * @param given by the operator; port 0 stands for the port
     * @param port if the operator gave one
     */
    static Optional<CloakTarget> of(
            Optional<String> secretHost, Optional<InetSocketAddress> given, Optional<Integer> port) {
        int usual = port.orElse(DEFAULT_PORT);
        return given.or(() -> secretHost.map(host -> InetSocketAddress.createUnresolved(host, usual)))
                .map(address -> address.getPort() != 0 ? address : withPort(address, usual))
                .map(address -> new CloakTarget(secretHost.or(() -> nameOf(address)), address));
    }

    private static InetSocketAddress withPort(InetSocketAddress address, int port) {
        return address.isUnresolved()
                ? InetSocketAddress.createUnresolved(address.getHostString(), port)
                : new InetSocketAddress(address.getAddress(), port);
    }

    private static Optional<String> nameOf(InetSocketAddress address) {
        return address.isUnresolved() ? Optional.of(address.getHostString()) : Optional.empty();
    }

    /** All that the proxy might connect to. */
    List<InetSocketAddress> addresses(Resolver resolver) throws UnknownHostException {
        if (!address.isUnresolved()) {
            return List.of(address);
        }
        List<InetAddress> found = resolver.lookUp(address.getHostString());
        return found.stream()
                .map(ip -> new InetSocketAddress(ip, address.getPort()))
                .toList();
    }
}
