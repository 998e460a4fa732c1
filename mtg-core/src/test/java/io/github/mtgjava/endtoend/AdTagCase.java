package io.github.mtgjava.endtoend;

import io.github.mtgjava.AdTag;
import io.github.mtgjava.CloseReason;
import io.github.mtgjava.MiddleProxyOptions;
import io.github.mtgjava.MtProxy;
import io.github.mtgjava.MtProxyBuilder;
import io.github.mtgjava.ProxyStats;
import io.github.mtgjava.spi.ReplayCache;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.FakeBootstrap;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.FakeMiddleProxy;
import io.github.mtgjava.testkit.MessageClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** A proxy with an ad tag on a loopback port, Telegram's site and a middle proxy, with everything that it was told. */
final class AdTagCase implements AutoCloseable {

    static final AdTag AD_TAG = AdTag.parse("dcbe8f1493fa4cd9ab300891c0b5b326");
    static final Duration LIMIT = RunningCase.LIMIT;

    final Mode mode;
    final FakeMiddleProxy middle;
    final FakeBootstrap site;
    final EventLog events = new EventLog();
    final MtProxy proxy;

    private AdTagCase(Mode mode, FakeMiddleProxy middle, FakeBootstrap site, UnaryOperator<MtProxyBuilder> settings) {
        this.mode = mode;
        this.middle = middle;
        this.site = site;
        this.proxy = settings.apply(builder(mode, site).addObserver(events)).build();
        proxy.start();
    }

    /** What every case starts from. */
    static MtProxyBuilder builder(Mode mode, FakeBootstrap site) {
        return MtProxy.builder()
                .secret(RunningCase.secretFor(mode))
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .adTag(AD_TAG)
                .middleProxies(options(site))
                .workers(1)
                .maxConnections(5_000)
                .replayCache(ReplayCache.inMemory(1 << 20))
                // Without this a TLS secret would have the test look up its host.
                .hostResolver(host -> {
                    throw new UnknownHostException(host);
                });
    }

    static MiddleProxyOptions options(FakeBootstrap site) {
        return MiddleProxyOptions.defaults()
                .withProxySecretUrl(site.url(FakeBootstrap.SECRET))
                .withProxyConfigUrl(site.url(FakeBootstrap.CONFIG))
                .withProxyConfigV6Url(site.url(FakeBootstrap.CONFIG_V6));
    }

    /** A site that names these middle proxies for DC 2, which is the default. */
    static FakeBootstrap siteOf(InetSocketAddress... middleProxies) throws IOException {
        return FakeBootstrap.start(Map.of(2, List.of(middleProxies)), OptionalInt.of(2));
    }

    /** With a middle proxy for DC 2, which is the default, and for −2. */
    static AdTagCase start(Mode mode, UnaryOperator<MtProxyBuilder> settings) throws IOException {
        FakeMiddleProxy middle = FakeMiddleProxy.start(FakeMiddleProxy.anySecret());
        List<InetSocketAddress> addresses = List.of(middle.address());
        return new AdTagCase(
                mode, middle, FakeBootstrap.start(Map.of(2, addresses, -2, addresses), OptionalInt.of(2)), settings);
    }

    /** With so many clients on a link. */
    static AdTagCase startWithLinks(Mode mode, int clientsPerLink) throws IOException {
        FakeMiddleProxy middle = FakeMiddleProxy.start(FakeMiddleProxy.anySecret());
        FakeBootstrap site = siteOf(middle.address());
        return new AdTagCase(
                mode,
                middle,
                site,
                builder -> builder.middleProxies(options(site).withMultiplexPerConnection(clientsPerLink)));
    }

    static AdTagCase start(Mode mode) throws IOException {
        return start(mode, builder -> builder);
    }

    /** With lists that the caller makes. */
    static AdTagCase start(
            Mode mode, FakeMiddleProxy middle, FakeBootstrap site, UnaryOperator<MtProxyBuilder> settings) {
        return new AdTagCase(mode, middle, site, settings);
    }

    ClientOptions options() {
        return ClientOptions.of(
                mode, proxy.address(), RunningCase.secretFor(mode).key(), RunningCase.HOST);
    }

    MessageClient client() throws IOException {
        return client(ClientOptions.PADDED);
    }

    MessageClient client(byte tag) throws IOException {
        return MessageClient.connect(options(), tag);
    }

    MessageClient client(byte tag, int dc) throws IOException {
        return MessageClient.connect(options().withDc(dc), tag);
    }

    /** One whose kernel takes little for it. */
    MessageClient smallWindowClient() throws IOException {
        return MessageClient.connect(options().withReceiveBuffer(16 * 1024), ClientOptions.PADDED);
    }

    ProxyStats stats() {
        return proxy.stats();
    }

    ProxyStats.MiddleProxyLinks links() {
        return proxy.stats().middleProxyLinks();
    }

    long closed(CloseReason reason) {
        Long count = stats().closed().get(reason);
        return count == null ? 0 : count;
    }

    /** Waits until it is so; every event of the proxy is a moment to look. */
    void await(String what, BooleanSupplier condition) {
        events.await(what, condition);
    }

    /** Waits for something that the middle proxy tells. */
    void awaitMiddle(String what, BooleanSupplier condition) {
        if (!middle.await(condition, LIMIT)) {
            throw new AssertionError("not so in time: " + what);
        }
    }

    @Override
    public void close() {
        proxy.close();
        site.close();
        middle.close();
        if (events.hasCrashes()) {
            throw new AssertionError("the proxy had to contain a fault", events.firstCrash());
        }
    }
}
