package io.github.mtgjava.internal;

import io.github.mtgjava.IpFamily;
import io.github.mtgjava.MtProxyException;
import io.github.mtgjava.PreferIp;
import io.github.mtgjava.internal.telegram.link.PublicAddresses;
import io.github.mtgjava.spi.HostResolver;
import io.github.mtgjava.spi.PublicAddressFinder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The proxy's addresses as Telegram sees them: those that were given, names among them looked up, and else what a finder
 * tells. A network that comes up late or a new address from the provider must not leave the links without their keys, so
 * they are asked for again now and then. For one thread at a time, but for {@link #current}.
 */
final class PublicAddressWatch {

    private static final Logger LOG = LoggerFactory.getLogger(PublicAddressWatch.class);

    private final Map<IpFamily, InetSocketAddress> given = new EnumMap<>(IpFamily.class);
    private final Set<IpFamily> wanted;
    /** Most links are of this family; that the other one has no address is nothing unusual. */
    private final IpFamily needed;

    private final Optional<PublicAddressFinder> finder;
    private final HostResolver resolver;
    private final Map<IpFamily, InetAddress> known = new EnumMap<>(IpFamily.class);
    private boolean missed;
    private volatile PublicAddresses current = PublicAddresses.UNKNOWN;

    /** Nothing is looked up yet. */
    PublicAddressWatch(
            Optional<InetSocketAddress> givenIpv4,
            Optional<InetSocketAddress> givenIpv6,
            PreferIp preferIp,
            HostResolver resolver,
            Optional<PublicAddressFinder> finder) {
        givenIpv4.ifPresent(address -> given.put(IpFamily.IPV4, address));
        givenIpv6.ifPresent(address -> given.put(IpFamily.IPV6, address));
        this.wanted = EnumSet.allOf(IpFamily.class);
        wanted.removeIf(family -> !preferIp.allows(family) || given.containsKey(family));
        this.needed = preferIp.allows(IpFamily.IPV4) ? IpFamily.IPV4 : IpFamily.IPV6;
        this.resolver = resolver;
        this.finder = finder;
    }

    /** As far as they are known. Any thread. */
    PublicAddresses current() {
        return current;
    }

    /** Whether anything can change: literal addresses need no looking after. */
    boolean isNeeded() {
        return asksFinder() || given.values().stream().anyMatch(InetSocketAddress::isUnresolved);
    }

    private boolean asksFinder() {
        return finder.isPresent() && !wanted.isEmpty();
    }

    private boolean asksFor(IpFamily family) {
        return asksFinder() && wanted.contains(family);
    }

    /**
     * Looks up what can be looked up.
     *
     * @return false if there is something to be known that is not, so that it should be tried again soon
     */
    boolean refresh() throws InterruptedException {
        Map<IpFamily, InetAddress> found = new EnumMap<>(IpFamily.class);
        given.forEach((family, address) -> lookUp(family, address).ifPresent(one -> found.put(family, one)));
        if (asksFinder()) {
            Map<IpFamily, InetAddress> told = ask(finder.orElseThrow());
            wanted.forEach(family -> {
                InetAddress address = told.get(family);
                if (address != null && family.has(address)) {
                    found.put(family, address);
                }
            });
        }
        found.forEach(this::learn);
        current = new PublicAddresses(known.get(IpFamily.IPV4), known.get(IpFamily.IPV6));
        boolean good = known.keySet().containsAll(given.keySet()) && (known.containsKey(needed) || !asksFor(needed));
        report(good);
        return good;
    }

    private Map<IpFamily, InetAddress> ask(PublicAddressFinder asked) throws InterruptedException {
        try {
            return Objects.requireNonNull(asked.find(EnumSet.copyOf(wanted)), "the answer is null");
        } catch (MtProxyException told) {
            throw told;
        } catch (IOException | RuntimeException failure) {
            throw new MtProxyException("the public address cannot be found: " + failure.getMessage(), failure);
        }
    }

    private void learn(IpFamily family, InetAddress address) {
        InetAddress before = known.put(family, address);
        boolean isLiteral = given.containsKey(family) && !given.get(family).isUnresolved();
        if (!address.equals(before) && !isLiteral) {
            LOG.atInfo()
                    .addKeyValue("event", "public_address_found")
                    .addKeyValue("address", address.getHostAddress())
                    .log("the public {} address was looked up", family);
        }
    }

    private Optional<InetAddress> lookUp(IpFamily family, InetSocketAddress address) {
        InetAddress literal = address.getAddress();
        return literal != null ? Optional.of(literal) : resolve(family, address.getHostString());
    }

    /** A name may have addresses of both families; the other one's has nothing to do with the keys. */
    private Optional<InetAddress> resolve(IpFamily family, String host) {
        @Nullable Exception cause = null;
        try {
            Optional<InetAddress> first =
                    resolver.resolve(host).stream().filter(family::has).findFirst();
            if (first.isPresent()) {
                return first;
            }
        } catch (UnknownHostException | RuntimeException unknown) {
            cause = unknown;
        }
        LOG.atDebug()
                .addKeyValue("event", "public_name_unknown")
                .addKeyValue("host", host)
                .addKeyValue("cause", cause == null ? "it has no " + family + " address" : cause.toString())
                .log("the proxy's public name cannot be looked up");
        return Optional.empty();
    }

    /** The same trouble again is no news. */
    private void report(boolean good) {
        if (!good && !missed) {
            LOG.atWarn()
                    .addKeyValue("event", "public_address_unknown")
                    .addKeyValue(
                            "names",
                            given.values().stream()
                                    .filter(InetSocketAddress::isUnresolved)
                                    .map(InetSocketAddress::getHostString)
                                    .toList())
                    .log(
                            "a public address cannot be looked up: behind NAT no middle proxy takes this one without it, and"
                                    + " clients will be turned away; trying again. An address that is given (-4 and -6 of"
                                    + " mtg-cli) needs no look-up");
        }
        missed = !good;
    }
}
