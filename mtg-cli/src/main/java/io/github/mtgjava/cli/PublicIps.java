package io.github.mtgjava.cli;

import io.github.mtgjava.IpFamily;
import io.github.mtgjava.MtProxyException;
import io.github.mtgjava.spi.PublicAddressFinder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks up the public addresses of a proxy with an ad tag, for the keys of the connections to middle proxies, and remembers
 * them for its links.
 */
final class PublicIps implements PublicAddressFinder {

    private static final Logger LOG = LoggerFactory.getLogger(PublicIps.class);

    private final EssentialOptions given;
    private final PublicAddressLookup lookup;
    private final boolean required;
    private final Map<IpFamily, InetAddress> found = new ConcurrentHashMap<>();
    private boolean asked;

    /** With the options given, {@code required} if there is to be no start without any address. */
    PublicIps(EssentialOptions given, PublicAddressLookup lookup, boolean required) {
        this.given = given;
        this.lookup = lookup;
        this.required = required;
    }

    /** Before anything is waited for: nobody may be asked, and nothing was given. */
    void refuseOrWarnIfHopeless() {
        if (lookup.asksSomebody() || given.publicIpv4 != null || given.publicIpv6 != null) {
            return;
        }
        refuseIfUnknown();
        LOG.atWarn()
                .addKeyValue("event", "public_address_unknown")
                .log(
                        "no public address is given and nobody may be asked: behind NAT no middle proxy will take this one, and"
                                + " clients will be turned away; give the address with -4 or -6");
    }

    /** Whether there is somebody to ask. */
    boolean isOfUse() {
        return lookup.asksSomebody();
    }

    @Override
    public Map<IpFamily, InetAddress> find(Set<IpFamily> families) throws InterruptedException {
        Set<IpFamily> reachable = new TreeSet<>(families);
        boolean listensOnIpv6 = given.bind != null && IpFamily.IPV6.has(given.bind.getAddress());
        if (families.contains(IpFamily.IPV4) && !listensOnIpv6) {
            // Middle proxies are reached by IPv4 where there is any, and behind NAT there is no IPv6 as a rule.
            reachable.remove(IpFamily.IPV6);
        }
        Map<IpFamily, InetAddress> now = lookup.find(reachable);
        found.putAll(now);
        if (!asked) {
            refuseIfUnknown();
        }
        asked = true;
        return now;
    }

    private void refuseIfUnknown() {
        if (required && ipv4() == null && ipv6() == null) {
            throw new MtProxyException(
                    "the public address is unknown, and without it middle proxies take nobody who is behind NAT: give it"
                            + " with -4 or -6, or a service that tells it with --public-ip-url");
        }
    }

    /** The IPv4 address for links: given, else looked up for the start; null if nobody knows. */
    @Nullable
    InetSocketAddress ipv4() {
        return given.publicIpv4 != null ? given.publicIpv4 : anyPort(found.get(IpFamily.IPV4));
    }

    /** The same for IPv6. */
    @Nullable
    InetSocketAddress ipv6() {
        return given.publicIpv6 != null ? given.publicIpv6 : anyPort(found.get(IpFamily.IPV6));
    }

    /** Port 0 stands for the one that the proxy will listen on. */
    private static @Nullable InetSocketAddress anyPort(@Nullable InetAddress address) {
        return address == null ? null : new InetSocketAddress(address, 0);
    }
}
