package io.github.mtgjava.internal.telegram.link;

import io.github.mtgjava.IpFamily;
import io.github.mtgjava.PreferIp;
import io.github.mtgjava.internal.dns.IpAddresses;
import io.github.mtgjava.internal.telegram.AddressOrder;
import io.github.mtgjava.internal.telegram.bootstrap.MiddleProxyData;
import io.github.mtgjava.internal.telegram.dial.FailureMemory;
import io.github.mtgjava.transport.middleproxy.ProxyAddress;
import io.github.mtgjava.transport.middleproxy.ProxyList;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;

/**
 * Which middle proxies serve a DC, and in what order to try them: at random within a family, the preferred family first,
 * and those last that lately failed.
 */
final class MiddleProxyAddresses {

    /** More would not be tried within the time that clients wait. */
    static final int MAX_TRIED = 4;

    private final FailureMemory<InetSocketAddress> failures = new FailureMemory<>();

    /** The entry of the lists that serves a client who asked for this DC: the exact one, else the default. */
    static OptionalInt entry(MiddleProxyData data, PreferIp preferIp, int signedDc) {
        OptionalInt none = OptionalInt.empty();
        OptionalInt ipv4 = preferIp.allows(IpFamily.IPV4) ? data.ipv4().entry(signedDc) : none;
        OptionalInt ipv6 = preferIp.allows(IpFamily.IPV6) ? data.ipv6().entry(signedDc) : none;
        boolean isExact = signedDc == 0 || (ipv4.isPresent() && ipv4.getAsInt() == signedDc);
        boolean ipv6KnowsBetter = ipv4.isEmpty() || (!isExact && ipv6.isPresent() && ipv6.getAsInt() == signedDc);
        return ipv6KnowsBetter ? ipv6 : ipv4;
    }

    /** The addresses of an entry to try now. */
    List<InetSocketAddress> toTry(MiddleProxyData data, int dc, PreferIp preferIp, Random random, long now) {
        List<InetSocketAddress> all = new ArrayList<>(addresses(data.ipv4(), dc));
        all.addAll(addresses(data.ipv6(), dc));
        Collections.shuffle(all, random);
        return AddressOrder.of(all, preferIp).stream()
                .sorted(failures.failedLast(now))
                .limit(MAX_TRIED)
                .toList();
    }

    void failed(InetSocketAddress address, long now) {
        failures.failed(address, now);
    }

    void succeeded(InetSocketAddress address) {
        failures.succeeded(address);
    }

    private static List<InetSocketAddress> addresses(ProxyList list, int dc) {
        return list.addresses(dc).stream()
                .map(MiddleProxyAddresses::socketAddress)
                .distinct()
                .toList();
    }

    private static InetSocketAddress socketAddress(ProxyAddress address) {
        return new InetSocketAddress(IpAddresses.of(address.ip()), address.port());
    }
}
