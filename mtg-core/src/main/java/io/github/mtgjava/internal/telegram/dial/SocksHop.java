package io.github.mtgjava.internal.telegram.dial;

import io.github.mtgjava.IpFamily;
import io.github.mtgjava.Socks5Server;
import io.github.mtgjava.internal.dns.HostAddresses;
import io.github.mtgjava.internal.dns.LookUp;
import io.github.mtgjava.spi.HostResolver;
import io.github.mtgjava.transport.nio.EventLoop;
import io.github.mtgjava.transport.nio.Route;
import io.github.mtgjava.transport.nio.Ticker;
import io.github.mtgjava.transport.socks5.Credentials;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A SOCKS5 server, its name looked up in the background. Shared by all loops; thread-safe. */
public final class SocksHop {

    private static final Logger LOG = LoggerFactory.getLogger(SocksHop.class);

    private final Socks5Server server;
    private final @Nullable Credentials credentials;
    private final HostAddresses addresses;

    /**
     * For one server.
     *
     * @param background runs look-ups, which block
     */
    public SocksHop(Socks5Server server, HostResolver resolver, Executor background, Ticker ticker) {
        this.server = server;
        this.credentials =
                server.user().isPresent() ? Credentials.of(utf8(server.user()), utf8(server.password())) : null;
        this.addresses = new HostAddresses(
                server.address(), resolver, background, ticker, SocksHop::oneOfEachFamily, this::warn);
    }

    private static byte[] utf8(Optional<String> text) {
        return text.orElseThrow().getBytes(StandardCharsets.UTF_8);
    }

    /** Names with many addresses are for sharing load; more than these would not be tried in time anyway. */
    private static List<InetSocketAddress> oneOfEachFamily(List<InetSocketAddress> found) {
        return Stream.of(IpFamily.values())
                .flatMap(family -> found.stream()
                        .filter(address -> family.has(address.getAddress()))
                        .limit(1))
                .sorted((one, other) -> Integer.compare(found.indexOf(one), found.indexOf(other)))
                .toList();
    }

    private void warn(Exception failure) {
        LOG.atWarn()
                .addKeyValue("event", "socks5_name_unknown")
                .addKeyValue("server", server.address().getHostString())
                .addKeyValue("cause", failure.toString())
                .log("the name of a SOCKS5 server cannot be looked up: what goes through it fails until it can");
    }

    /** Looks the server up ahead of the first connection. */
    public void prefetch() {
        if (server.address().isUnresolved()) {
            addresses.prefetch();
        }
    }

    /** Tells where the server is: see {@link HostAddresses#lookUp}; at once if it has no name. */
    LookUp lookUp(EventLoop loop, Consumer<List<InetSocketAddress>> callback) {
        if (server.address().isUnresolved()) {
            return addresses.lookUp(loop, callback);
        }
        callback.accept(List.of(server.address()));
        return LookUp.answered(loop);
    }

    /** The way to an address through the server at that address of its own; for one attempt. */
    Route route(InetSocketAddress target, InetSocketAddress hop) {
        return new Route(target, hop, new SocksOpening(target, credentials));
    }
}
