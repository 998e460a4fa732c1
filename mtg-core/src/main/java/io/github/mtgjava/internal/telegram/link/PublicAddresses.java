package io.github.mtgjava.internal.telegram.link;

import io.github.mtgjava.IpFamily;
import io.github.mtgjava.internal.dns.GlobalAddresses;
import java.net.InetAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The proxy's addresses as Telegram sees them. They go into the keys of every link, so behind NAT those of the sockets are
 * wrong.
 *
 * @param ipv4 null if unknown
 * @param ipv6 null if unknown
 */
public record PublicAddresses(
        @Nullable InetAddress ipv4, @Nullable InetAddress ipv6) {

    /** Of a machine whose sockets have the addresses that the world sees. */
    public static final PublicAddresses UNKNOWN = new PublicAddresses(null, null);

    /** What the world sees of a socket with that local address. */
    public InetAddress seen(InetAddress local) {
        InetAddress known = of(IpFamily.of(local));
        return known != null ? known : local;
    }

    private @Nullable InetAddress of(IpFamily family) {
        return family == IpFamily.IPV6 ? ipv6 : ipv4;
    }

    /**
     * What Telegram sees of a connection to an address of that family through a SOCKS5 server: what the server says, if it
     * is an address that Telegram can have seen; else what is known; else what the server says after all, unless that is
     * nothing.
     *
     * @param outside where the server says it connects from
     */
    Optional<InetAddress> seenOutside(InetAddress outside, IpFamily family) {
        Optional<InetAddress> told = Optional.of(outside).filter(family::has);
        return told.filter(GlobalAddresses::contain)
                .or(() -> Optional.ofNullable(of(family)))
                .or(() -> told.filter(address -> !address.isAnyLocalAddress()));
    }
}
