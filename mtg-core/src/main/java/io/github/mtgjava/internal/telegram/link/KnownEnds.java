package io.github.mtgjava.internal.telegram.link;

import io.github.mtgjava.IpFamily;
import io.github.mtgjava.internal.telegram.dial.Reached;
import io.github.mtgjava.transport.middleproxy.Endpoint;
import io.github.mtgjava.transport.middleproxy.Ends;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.Optional;

/** Finds out what both ends of a fresh connection are to Telegram; that goes into the keys of the link. */
final class KnownEnds {

    private KnownEnds() {}

    /**
     * The ends, or nothing if a SOCKS5 server does not tell enough of ours.
     *
     * @param known our addresses, as far as they are known
     * @throws IOException if the connection is gone
     */
    static Optional<Ends> of(SocketChannel channel, Reached reached, PublicAddresses known) throws IOException {
        InetSocketAddress theirs = reached.address();
        InetSocketAddress outside = reached.outside();
        Optional<InetAddress> ours;
        int port;
        if (outside == null) {
            InetSocketAddress local = (InetSocketAddress) channel.getLocalAddress();
            if (local == null) {
                throw new IOException("the connection is gone");
            }
            ours = Optional.of(known.seen(local.getAddress()));
            port = local.getPort();
        } else {
            ours = known.seenOutside(outside.getAddress(), IpFamily.of(theirs.getAddress()));
            port = outside.getPort();
        }
        return ours.filter(address -> port != 0)
                .map(address -> new Ends(end(address, port), end(theirs.getAddress(), theirs.getPort())));
    }

    private static Endpoint end(InetAddress address, int port) {
        return Endpoint.of(address.getAddress(), port);
    }
}
