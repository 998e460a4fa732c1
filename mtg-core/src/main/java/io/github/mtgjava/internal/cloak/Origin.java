package io.github.mtgjava.internal.cloak;

import io.github.mtgjava.internal.dns.GlobalAddresses;
import io.github.mtgjava.internal.dns.HostAddresses;
import io.github.mtgjava.internal.dns.LookUp;
import io.github.mtgjava.spi.HostResolver;
import io.github.mtgjava.transport.nio.EventLoop;
import io.github.mtgjava.transport.nio.Ticker;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cloaked site's addresses. Addresses that are the proxy itself are left out, and where the name is somebody else's to lead
 * wherever they like, those of private networks too. Thread-safe.
 */
public final class Origin {

    private static final Logger LOG = LoggerFactory.getLogger(Origin.class);

    private final InetSocketAddress target;
    private final Predicate<InetSocketAddress> isOurselves;
    private final boolean mayBePrivate;
    private final HostAddresses addresses;

    /**
     * For a site.
     *
     * @param target resolved, and then used as it is; or unresolved, and looked up by name
     * @param background runs look-ups, which block
     * @param isOurselves whether connecting to an address would come back to this proxy
     * @param mayBePrivate whether the site may be in a private network, as somebody meant it to be
     */
    public Origin(
            InetSocketAddress target,
            HostResolver resolver,
            Executor background,
            Ticker ticker,
            Predicate<InetSocketAddress> isOurselves,
            boolean mayBePrivate) {
        this.target = target;
        this.isOurselves = isOurselves;
        this.mayBePrivate = mayBePrivate;
        this.addresses = new HostAddresses(target, resolver, background, ticker, this::safe, this::warn);
    }

    /** As {@link HostAddresses#lookUp}; none also if there are none but our own. */
    public LookUp lookUp(EventLoop loop, Consumer<List<InetSocketAddress>> callback) {
        return addresses.lookUp(loop, callback);
    }

    /**
     * The addresses, looked up now if they are not known well. Blocks.
     *
     * @throws UnknownHostException if there are none
     */
    List<InetSocketAddress> addresses() throws UnknownHostException {
        return addresses.lookUpNow();
    }

    /** Looks the site up ahead of the first visitor. */
    public void prefetch() {
        addresses.prefetch();
    }

    private void warn(Exception failure) {
        LOG.warn(
                "cannot look up the cloaked host {}: {}. Refused connections meet silence until it is found;"
                        + " check the DNS, or give an address with the cloak address option",
                target.getHostString(),
                failure.toString());
    }

    private List<InetSocketAddress> safe(List<InetSocketAddress> found) {
        List<InetSocketAddress> safe =
                found.stream().filter(isOurselves.negate()).toList();
        if (safe.size() < found.size()) {
            LOG.warn(
                    "the cloaked host {} leads back to this proxy itself: not used. Point it at the real web server"
                            + " with the cloak address or cloak port option",
                    target.getHostString());
        }
        return mayBePrivate ? safe : global(safe);
    }

    /** Else whoever has the name, or its DNS, could show strangers what is in our network, or on this machine. */
    private List<InetSocketAddress> global(List<InetSocketAddress> found) {
        List<InetSocketAddress> global = found.stream()
                .filter(address -> GlobalAddresses.contain(address.getAddress()))
                .toList();
        if (global.size() < found.size()) {
            LOG.warn(
                    "the cloaked host {} leads into a private network: not used, as whoever has that name would choose what"
                            + " strangers see of it. If the site is there, name its address with the cloak address option",
                    target.getHostString());
        }
        return global;
    }
}
