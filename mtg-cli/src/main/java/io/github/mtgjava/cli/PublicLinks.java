package io.github.mtgjava.cli;

import io.github.mtgjava.IpFamily;
import io.github.mtgjava.MtProxy;
import io.github.mtgjava.ProxyLinks;
import io.github.mtgjava.ProxyLinks.Endpoint;
import io.github.mtgjava.Secret;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the links to a proxy: by the addresses given, else by those looked up, else by the bind address. */
final class PublicLinks {

    private static final Logger LOG = LoggerFactory.getLogger(PublicLinks.class);

    private final Secret secret;
    private final @Nullable InetSocketAddress givenIpv4;
    private final @Nullable InetSocketAddress givenIpv6;
    private final PublicAddressLookup lookup;

    /** With the addresses that somebody gave, and a way to find those that nobody did. */
    PublicLinks(
            Secret secret,
            @Nullable InetSocketAddress givenIpv4,
            @Nullable InetSocketAddress givenIpv6,
            PublicAddressLookup lookup) {
        this.secret = secret;
        this.givenIpv4 = givenIpv4;
        this.givenIpv6 = givenIpv6;
        this.lookup = lookup;
    }

    /** Those of a started proxy; waits for the look-up, which is bounded. The proxy serves meanwhile. */
    ProxyLinks of(MtProxy proxy) throws InterruptedException {
        Optional<ProxyLinks> known = find(proxy.address());
        if (known.isEmpty()) {
            warn(proxy.address());
        }
        return known.orElseGet(() -> atBindAddress(secret, proxy.address()));
    }

    /** Those of a proxy that listens there, or none if nobody knows how it is reached from outside. */
    Optional<ProxyLinks> find(InetSocketAddress bound) throws InterruptedException {
        Map<IpFamily, InetAddress> found = lookup.find(missing(bound));
        found.forEach(PublicLinks::logFound);
        Optional<Endpoint> ipv4 = endpoint(givenIpv4, found.get(IpFamily.IPV4), bound.getPort());
        Optional<Endpoint> ipv6 = endpoint(givenIpv6, found.get(IpFamily.IPV6), bound.getPort());
        return ipv4.isPresent() || ipv6.isPresent()
                ? Optional.of(ProxyLinks.of(secret, ipv4.orElse(null), ipv6.orElse(null)))
                : Optional.empty();
    }

    /** Of a wildcard they are a form to be filled in. */
    static ProxyLinks atBindAddress(Secret secret, InetSocketAddress bound) {
        Endpoint endpoint = new Endpoint(bound.getAddress().getHostAddress(), bound.getPort());
        boolean isIpv6 = IpFamily.IPV6.has(bound.getAddress());
        return ProxyLinks.of(secret, isIpv6 ? null : endpoint, isIpv6 ? endpoint : null);
    }

    static void logFound(IpFamily family, InetAddress address) {
        LOG.atInfo()
                .addKeyValue("event", "public_address_found")
                .addKeyValue("address", address.getHostAddress())
                .log("the public {} address was looked up", family);
    }

    /** Families to look up: those that clients can reach the proxy by and that were not given. */
    private Set<IpFamily> missing(InetSocketAddress bound) {
        Set<IpFamily> families = EnumSet.noneOf(IpFamily.class);
        boolean everyFamily =
                IpFamily.IPV6.has(bound.getAddress()) && bound.getAddress().isAnyLocalAddress();
        if (givenIpv4 == null && (everyFamily || IpFamily.IPV4.has(bound.getAddress()))) {
            families.add(IpFamily.IPV4);
        }
        if (givenIpv6 == null && IpFamily.IPV6.has(bound.getAddress())) {
            families.add(IpFamily.IPV6);
        }
        return families;
    }

    private static Optional<Endpoint> endpoint(
            @Nullable InetSocketAddress given, @Nullable InetAddress found, int boundPort) {
        if (given != null) {
            return Optional.of(new Endpoint(given.getHostString(), given.getPort() != 0 ? given.getPort() : boundPort));
        }
        return Optional.ofNullable(found).map(address -> new Endpoint(address.getHostAddress(), boundPort));
    }

    private static void warn(InetSocketAddress bound) {
        boolean useless = bound.getAddress().isAnyLocalAddress();
        LOG.atWarn()
                .addKeyValue("event", "public_address_unknown")
                .addKeyValue("bind", Words.of(bound))
                .log(
                        useless
                                ? "the public address is unknown, so the links lead nowhere: put it into them, or"
                                        + " give it with -4 or -6"
                                : "the public address is unknown, so the links have the bind address: if clients"
                                        + " cannot reach that, give the public one with -4 or -6");
    }
}
