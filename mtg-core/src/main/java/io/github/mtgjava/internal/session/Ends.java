package io.github.mtgjava.internal.session;

import io.github.mtgjava.internal.dns.IpAddresses;
import io.github.mtgjava.transport.proxyprotocol.TcpEnd;
import java.net.InetSocketAddress;

/** The ends of connections, as the PROXY protocol has them and as the JDK has them. */
final class Ends {

    private Ends() {}

    static InetSocketAddress address(TcpEnd end) {
        return new InetSocketAddress(IpAddresses.of(end.address()), end.port());
    }

    static TcpEnd of(InetSocketAddress address) {
        return TcpEnd.of(address.getAddress().getAddress(), address.getPort());
    }
}
