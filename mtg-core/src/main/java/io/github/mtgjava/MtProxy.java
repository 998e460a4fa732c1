package io.github.mtgjava;

import static io.github.mtgjava.Ranges.inRange;

import io.github.mtgjava.internal.ProxyConfig;
import io.github.mtgjava.internal.ProxyRuntime;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An MTProto proxy for Telegram.
 *
 * <pre>{@code
 * try (MtProxy proxy = MtProxy.builder().secret(Secret.parse("ee…")).build()) {
 *     proxy.start();
 *     System.out.println(proxy.links().toJson());
 *     …
 * }
 * }</pre>
 *
 * <p>Starts once, stops once. Its threads are daemons. Thread-safe.
 *
 * <p>Several may run in one JVM: they share nothing but its memory, files and processors. The defaults of each reckon with a JVM to
 * itself: {@link MtProxyBuilder#maxBufferedBytes}, {@link MtProxyBuilder#maxConnections}, {@link MtProxyBuilder#replayCache} and
 * {@link MtProxyBuilder#workers} want to be set where there are more proxies, or much else.
 */
public final class MtProxy implements AutoCloseable {

    /** The longest that {@link #changeSecret} has two secrets overlap. */
    public static final Duration MAX_SECRET_OVERLAP = Duration.ofDays(30);

    private final ProxyConfig config;
    private final ProxyRuntime runtime;

    MtProxy(Secret secret, ProxyConfig config) {
        this.config = config;
        this.runtime = new ProxyRuntime(secret, config);
    }

    /** A builder with the defaults. */
    public static MtProxyBuilder builder() {
        return new MtProxyBuilder();
    }

    /**
     * Listens and serves, in the background, until stopped. With an ad tag this first waits for what Telegram's site has
     * for proxies, for as long as {@link MiddleProxyOptions#withStartTimeout} says; {@link #stop} on another thread, or an
     * interrupt, ends the wait.
     *
     * @throws MtProxyException if the address cannot be bound, the system lacks what an event loop needs, the wait
     *     ends without success, or a {@link io.github.mtgjava.spi.PublicAddressFinder} fails; nothing is left running then
     * @throws IllegalStateException if it was started or stopped before. If the address could not be bound at the very
     *     beginning, before any observer was told of the start, it may be started again
     */
    public void start() {
        runtime.start();
    }

    /**
     * Where it listens, or did until it was stopped, with the real port.
     *
     * @throws IllegalStateException before {@link #start}
     */
    public InetSocketAddress address() {
        return runtime.address();
    }

    /**
     * The links to give to users, with the secret as it is now, made of the public addresses, or of the bind address if there
     * are none. A wildcard bind address says nothing about how users reach it: without a public address there are no links then.
     *
     * @throws IllegalStateException before {@link #start}
     */
    public ProxyLinks links() {
        InetSocketAddress bound = address();
        InetSocketAddress ipv4 = config.publicIpv4().orElse(null);
        InetSocketAddress ipv6 = config.publicIpv6().orElse(null);
        if (ipv4 == null && ipv6 == null && !bound.getAddress().isAnyLocalAddress()) {
            boolean isIpv6 = IpFamily.IPV6.has(bound.getAddress());
            ipv4 = isIpv6 ? null : bound;
            ipv6 = isIpv6 ? bound : null;
        }
        return ProxyLinks.of(runtime.secret(), endpoint(ipv4, bound), endpoint(ipv6, bound));
    }

    private static ProxyLinks.@Nullable Endpoint endpoint(@Nullable InetSocketAddress seen, InetSocketAddress bound) {
        return seen == null
                ? null
                : new ProxyLinks.Endpoint(seen.getHostString(), seen.getPort() != 0 ? seen.getPort() : bound.getPort());
    }

    /**
     * Has clients come with another secret from now on, with links that {@link #links} makes. The one until now works beside it
     * until the overlap has passed, and so does every earlier one whose overlap has not; of more than four the oldest goes. Whoever
     * is in stays in, with whichever secret they came. Changing back to a secret that still works makes it the current one
     * again. Nothing waits for anything.
     *
     * @param next of the same type, and of the same host if it is a TLS secret: all else takes a restart
     * @param overlap up to {@link #MAX_SECRET_OVERLAP}; zero ends all other secrets at once, also those whose overlap has not
     *     passed, and also if {@code next} is the current secret already
     * @return whether that changed anything
     * @throws IllegalStateException if the proxy does not run
     * @throws IllegalArgumentException if secret or overlap cannot be; the message does not show the secret
     */
    public boolean changeSecret(Secret next, Duration overlap) {
        Objects.requireNonNull(next, "secret");
        return runtime.changeSecret(next, inRange("overlap", overlap, Duration.ZERO, MAX_SECRET_OVERLAP));
    }

    /** Totals and levels. Cheap; callable at any time, also after the proxy was stopped. */
    public ProxyStats stats() {
        return runtime.stats();
    }

    /**
     * Stops: takes no new connections, lets those that are open end by themselves for so long, closes the rest. Blocks
     * until then. If it is being stopped already, the less patient call prevails; when it has stopped nothing happens. An interrupt
     * of the waiting thread closes the rest at once and stays set. While {@link #start} still waits for Telegram's site this ends
     * that wait, and returns without waiting for {@code start} to return.
     *
     * @param drain zero or negative closes everything at once
     * @return whether every connection had ended by itself while this call waited; true if there was none left
     * @throws IllegalStateException if it is called on one of the proxy's event loops, as from an observer, a filter or a
     *     replay cache: it would wait for itself. So would a slow observer that has a thread of its own, for a second
     */
    public boolean stop(Duration drain) {
        return runtime.stop(drain);
    }

    /** Stops at once; otherwise as {@link #stop}. */
    @Override
    public void close() {
        runtime.stop(Duration.ZERO);
    }
}
