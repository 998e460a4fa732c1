package io.github.mtgjava.cli;

import io.github.mtgjava.IpFamily;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The proxy's public addresses, found before it starts: with an ad tag they go into the keys of the connections to middle
 * proxies.
 *
 * @param ipv4 given or looked up; null if nobody knows
 * @param ipv6 given or looked up; null if nobody knows
 */
record PublicIps(@Nullable InetSocketAddress ipv4, @Nullable InetSocketAddress ipv6) {

    private static final Logger LOG = LoggerFactory.getLogger(PublicIps.class);

    /**
     * Looks up what was not given; waits for that, which is bounded.
     *
     * @param required whether not to do without
     */
    static PublicIps find(EssentialOptions given, PublicAddressLookup lookup, boolean required)
            throws InterruptedException {
        Map<IpFamily, InetAddress> found = lookup.find(missing(given));
        found.forEach(PublicLinks::logFound);
        PublicIps ips = new PublicIps(
                given.publicIpv4 != null ? given.publicIpv4 : anyPort(found.get(IpFamily.IPV4)),
                given.publicIpv6 != null ? given.publicIpv6 : anyPort(found.get(IpFamily.IPV6)));
        if (ips.ipv4 == null && ips.ipv6 == null) {
            if (required) {
                throw new CommandFailure(
                        "the public address is unknown, and without it middle proxies take nobody who is behind NAT:"
                                + " give it with -4 or -6, or a service that tells it with --public-ip-url",
                        null);
            }
            LOG.atWarn()
                    .addKeyValue("event", "public_address_unknown")
                    .log(
                            "the public address is unknown: behind NAT no middle proxy will take this one, and clients will"
                                    + " be turned away; give the address with -4 or -6");
        }
        return ips;
    }

    /** Middle proxies are reached by IPv4 wherever there is any, whatever clients come by. */
    private static Set<IpFamily> missing(EssentialOptions given) {
        Set<IpFamily> families = EnumSet.noneOf(IpFamily.class);
        if (given.publicIpv4 == null) {
            families.add(IpFamily.IPV4);
        }
        if (given.publicIpv6 == null && given.bind != null && IpFamily.IPV6.has(given.bind.getAddress())) {
            families.add(IpFamily.IPV6);
        }
        return families;
    }

    /** Port 0 stands for the one that the proxy will listen on. */
    private static @Nullable InetSocketAddress anyPort(@Nullable InetAddress found) {
        return found == null ? null : new InetSocketAddress(found, 0);
    }
}
