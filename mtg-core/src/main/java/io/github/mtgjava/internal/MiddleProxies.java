package io.github.mtgjava.internal;

import io.github.mtgjava.MiddleProxyOptions;
import io.github.mtgjava.internal.telegram.bootstrap.Bootstrap;
import io.github.mtgjava.internal.telegram.bootstrap.BootstrapFigures;
import io.github.mtgjava.internal.telegram.bootstrap.BootstrapSettings;
import io.github.mtgjava.internal.telegram.link.ConnectionIds;
import io.github.mtgjava.internal.telegram.link.LinkEnvironment;
import io.github.mtgjava.internal.telegram.link.LinkPool;
import io.github.mtgjava.internal.telegram.link.LinkSettings;
import io.github.mtgjava.internal.telegram.link.PublicAddresses;
import io.github.mtgjava.spi.HostResolver;
import io.github.mtgjava.transport.nio.EventLoop;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a proxy with an ad tag has beside its loops: Telegram's secret and lists, kept fresh, and the links' surroundings. */
final class MiddleProxies implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MiddleProxies.class);

    private final ProxyConfig config;
    private final Observers observers;
    private final Bootstrap bootstrap;
    private @Nullable LinkEnvironment environment;

    /** Nothing is fetched yet. */
    MiddleProxies(ProxyConfig config, Observers observers) {
        this.config = config;
        this.observers = observers;
        this.bootstrap = new Bootstrap(settings(config.middleProxies()), config.clock(), config.random());
    }

    private static BootstrapSettings settings(MiddleProxyOptions options) {
        return BootstrapSettings.of(
                options.secretUrl(),
                options.configUrl(),
                options.configV6Url(),
                options.cacheDirectory(),
                options.refreshInterval(),
                options.startTimeout());
    }

    /**
     * Waits until the secret and a list are there, and keeps them fresh from then on.
     *
     * @throws io.github.mtgjava.MtProxyException if they do not come in time, or {@link #close} ends the wait
     */
    void await() throws InterruptedException {
        bootstrap.start();
        LinkSettings settings = new LinkSettings(
                config.middleProxies().multiplexPerConnection(),
                config.middleProxies().idleLinkTimeout(),
                config.connectTimeout(),
                config.preferIp(),
                config.telegramSocket(),
                publicAddresses());
        environment = new LinkEnvironment(
                settings,
                bootstrap::current,
                new ConnectionIds(config.random()),
                new AtomicLong(),
                config.clock(),
                config.random(),
                observers);
    }

    private PublicAddresses publicAddresses() {
        return new PublicAddresses(literal(config.publicIpv4()), literal(config.publicIpv6()));
    }

    /** On the thread that starts the proxy, where it may take its time. */
    private @Nullable InetAddress literal(Optional<InetSocketAddress> given) {
        if (given.isEmpty()) {
            return null;
        }
        InetAddress known = given.get().getAddress();
        return known != null ? known : resolve(config.resolver(), given.get().getHostString());
    }

    private static @Nullable InetAddress resolve(HostResolver resolver, String host) {
        try {
            List<InetAddress> addresses = resolver.resolve(host);
            return addresses.isEmpty() ? null : addresses.get(0);
        } catch (UnknownHostException | RuntimeException unknown) {
            LOG.atWarn()
                    .addKeyValue("event", "public_address_unknown")
                    .addKeyValue("host", host)
                    .log("the proxy's public name cannot be looked up: behind NAT no link to a middle proxy will work");
            return null;
        }
    }

    /** Links for one loop; after {@link #await}. */
    LinkPool links(EventLoop loop) {
        if (environment == null) {
            throw new IllegalStateException("links need the secret and a list");
        }
        return new LinkPool(loop, environment);
    }

    /** How fetching goes. Any thread. */
    BootstrapFigures figures() {
        return bootstrap.figures();
    }

    /** Ends a wait, and the refreshing. Any thread. */
    @Override
    public void close() {
        bootstrap.close();
    }
}
