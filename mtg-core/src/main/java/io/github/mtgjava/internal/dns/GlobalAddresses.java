package io.github.mtgjava.internal.dns;

import java.net.InetAddress;

/** Tells addresses of the Internet from those of somebody's own network. */
public final class GlobalAddresses {

    private static final int SHARED_NETWORK = 100;
    private static final int UNIQUE_LOCAL = 0xfc;

    private GlobalAddresses() {}

    /** Whether the address can be reached from everywhere, as far as its kind goes. */
    public static boolean contain(InetAddress address) {
        return !(address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || isShared(address.getAddress()));
    }

    /** 100.64.0.0/10, behind the NAT of a provider, or fc00::/7. */
    private static boolean isShared(byte[] address) {
        return address.length == Integer.BYTES
                ? address[0] == SHARED_NETWORK && (address[1] & 0xc0) == 0x40
                : (address[0] & 0xfe) == UNIQUE_LOCAL;
    }
}
