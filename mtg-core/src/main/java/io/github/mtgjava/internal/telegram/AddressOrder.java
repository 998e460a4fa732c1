package io.github.mtgjava.internal.telegram;

import io.github.mtgjava.PreferIp;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts a DC's addresses into the order in which they are tried: the preferred family first, then alternating, so that
 * a family without a route costs one head start and not one per address.
 */
public final class AddressOrder {

    private AddressOrder() {}

    /** The addresses to try; empty if the allowed family has none. */
    public static List<InetSocketAddress> of(List<InetSocketAddress> addresses, PreferIp preferIp) {
        List<InetSocketAddress> ipv4 =
                addresses.stream().filter(AddressOrder::isIpv4).toList();
        List<InetSocketAddress> ipv6 =
                addresses.stream().filter(address -> !isIpv4(address)).toList();
        return switch (preferIp) {
            case ONLY_IPV4 -> ipv4;
            case ONLY_IPV6 -> ipv6;
            case PREFER_IPV4 -> interleave(ipv4, ipv6);
            case PREFER_IPV6 -> interleave(ipv6, ipv4);
        };
    }

    private static boolean isIpv4(InetSocketAddress address) {
        return address.getAddress() instanceof Inet4Address;
    }

    private static List<InetSocketAddress> interleave(List<InetSocketAddress> first, List<InetSocketAddress> second) {
        List<InetSocketAddress> order = new ArrayList<>(first.size() + second.size());
        for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
            if (i < first.size()) {
                order.add(first.get(i));
            }
            if (i < second.size()) {
                order.add(second.get(i));
            }
        }
        return order;
    }
}
