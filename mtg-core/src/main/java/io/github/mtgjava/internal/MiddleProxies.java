package io.github.mtgjava.internal;

import io.github.mtgjava.MiddleProxyOptions;
import io.github.mtgjava.internal.fetch.Refresher;
import io.github.mtgjava.internal.telegram.bootstrap.Bootstrap;
import io.github.mtgjava.internal.telegram.bootstrap.BootstrapFigures;
import io.github.mtgjava.internal.telegram.bootstrap.BootstrapSettings;
import io.github.mtgjava.internal.telegram.dial.Dialler;
import io.github.mtgjava.internal.telegram.link.ConnectionIds;
import io.github.mtgjava.internal.telegram.link.LinkEnvironment;
import io.github.mtgjava.internal.telegram.link.LinkPool;
import io.github.mtgjava.internal.telegram.link.LinkSettings;
import io.github.mtgjava.transport.nio.EventLoop;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What a proxy with an ad tag has beside its loops: Telegram's secret and lists, kept fresh, and the links' surroundings. */
final class MiddleProxies implements AutoCloseable {

    /** An hour without links because the network came up ten minutes late would be a pity. */
    private static final Duration LAST_RETRY = Duration.ofMinutes(1);

    private final ProxyConfig config;
    private final Observers observers;
    private final Bootstrap bootstrap;
    private final PublicAddressWatch addresses;
    private final Refresher addressRefresher;
    private @Nullable LinkEnvironment environment;

    /** Nothing is fetched yet. */
    MiddleProxies(ProxyConfig config, Observers observers) {
        this.config = config;
        this.observers = observers;
        this.bootstrap = new Bootstrap(settings(config), config.clock(), config.random());
        this.addresses = new PublicAddressWatch(
                config.publicIpv4(),
                config.publicIpv6(),
                config.preferIp(),
                config.resolver(),
                // It finds this machine's address, but it is the server's that Telegram sees.
                config.socks5().isEmpty() ? config.publicAddressFinder() : Optional.empty());
        this.addressRefresher = Refresher.of(
                "mtg-public-address",
                addresses::refresh,
                config.middleProxies().refreshInterval(),
                LAST_RETRY,
                config.random());
    }

    private static BootstrapSettings settings(ProxyConfig config) {
        MiddleProxyOptions options = config.middleProxies();
        return BootstrapSettings.of(
                config.preferIp(),
                options.proxySecretUrl(),
                options.proxyConfigUrl(),
                options.proxyConfigV6Url(),
                config.cacheDirectory(),
                options.refreshInterval(),
                options.startTimeout());
    }

    /**
     * Waits until the secret and a list are there, looks up our own addresses, and keeps all of that fresh from then on.
     *
     * @throws io.github.mtgjava.MtProxyException if they do not come in time, {@link #close} ends the wait, or whoever
     *     finds the addresses will not have it started
     */
    void await() throws InterruptedException {
        bootstrap.start();
        boolean known = addresses.refresh();
        if (addresses.isNeeded()) {
            addressRefresher.start(known);
        }
        LinkSettings settings = new LinkSettings(
                config.middleProxies().multiplexPerConnection(),
                config.middleProxies().idleLinkTimeout(),
                config.preferIp(),
                addresses::current);
        environment = new LinkEnvironment(
                settings,
                bootstrap::current,
                new ConnectionIds(config.random()),
                new AtomicLong(),
                config.clock(),
                config.random(),
                observers);
    }

    /** Links for one loop; after {@link #await}. */
    LinkPool links(EventLoop loop, Dialler dialler) {
        if (environment == null) {
            throw new IllegalStateException("links need the secret and a list");
        }
        return new LinkPool(loop, environment, dialler);
    }

    /** How fetching goes. Any thread. */
    BootstrapFigures figures() {
        return bootstrap.figures();
    }

    /** Ends a wait, and the refreshing. Any thread. */
    @Override
    public void close() {
        bootstrap.close();
        addressRefresher.close();
    }
}
