package io.github.mtgjava.internal.session;

import io.github.mtgjava.transport.proxyprotocol.TcpEnd;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** The ends of connections, as the PROXY protocol has them and as the JDK has them. */
final class Ends {

    private Ends() {}

    static InetSocketAddress address(TcpEnd end) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(end.address()), end.port());
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address of 4 or 16 bytes is one", impossible);
        }
    }

    static TcpEnd of(InetSocketAddress address) {
        return TcpEnd.of(address.getAddress().getAddress(), address.getPort());
    }
}
