package io.github.mtgjava.internal.telegram.link;

import io.github.mtgjava.IpFamily;
import java.net.InetAddress;
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
        InetAddress known = IpFamily.of(local) == IpFamily.IPV6 ? ipv6 : ipv4;
        return known != null ? known : local;
    }
}
