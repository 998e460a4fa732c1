package io.github.mtgjava.cli;

import io.github.mtgjava.AdTag;
import io.github.mtgjava.IpPrefix;
import io.github.mtgjava.MiddleProxyOptions;
import io.github.mtgjava.MtProxy;
import io.github.mtgjava.MtProxyBuilder;
import io.github.mtgjava.Secret;
import io.github.mtgjava.Socks5Server;
import io.github.mtgjava.spi.ClientFilter;
import io.github.mtgjava.spi.ProxyObserver;
import io.github.mtgjava.spi.TelegramDirectory;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Makes a proxy of options. What the library refuses becomes a usage error that names the option. */
final class ProxyFactory {

    private static final long MIN_REPLAY_CACHE_BYTES = 1 << 20;

    private final CommandSpec run;
    private final CacheDir cacheDir;
    private final Replays replays;
    private final MtProxyBuilder builder = MtProxy.builder();
    private MiddleProxyOptions middleProxies = MiddleProxyOptions.defaults();

    /** For one proxy; the spec is asked for the names of options. */
    ProxyFactory(CommandSpec run, CacheDir cacheDir, Replays replays) {
        this.run = run;
        this.cacheDir = cacheDir;
        this.replays = replays;
    }

    /** The proxy, not started. */
    MtProxy create(
            Secret secret,
            EssentialOptions essentials,
            NetworkOptions network,
            @Nullable AdTag adTag,
            AdTagOptions promotion,
            PublicIps publicIps,
            DefenceOptions defence,
            ClientFilter filter,
            List<ProxyObserver> observers) {
        builder.secret(secret);
        observers.forEach(builder::addObserver);
        set("--bind", essentials.bind, builder::bind);
        set("--public-ipv4", essentials.publicIpv4, builder::publicIpv4);
        set("--public-ipv6", essentials.publicIpv6, builder::publicIpv6);

        set("--proxy-protocol", network.proxyProtocol, on -> proxyProtocol(on, network.trustedProxies));
        set("--trusted-proxies", network.trustedProxies, unused -> refuseIfIdle(network.proxyProtocol));
        set("--prefer-ip", network.preferIp, builder::preferIp);
        set("--dc", network.dcs, dcs -> builder.telegramDirectory(directory(dcs)));
        set("--socks5", network.socks5, servers -> builder.socks5(some(servers)));
        set("--write-buffer", network.writeBuffer, size -> builder.bufferToTelegram(clamped(size)));
        set("--read-buffer", network.readBuffer, size -> builder.bufferToClient(clamped(size)));
        set("--buffer-memory", network.bufferMemory, builder::maxBufferedBytes);
        set("--pass-through", network.passThrough, builder::passThrough);
        set("--record-sizing", network.recordSizing, builder::recordSizing);
        set("--workers", network.workers, builder::workers);

        set("<adtag>", adTag, builder::adTag);
        builder.middleProxies(middleProxies(promotion));
        if (publicIps.isOfUse()) {
            builder.publicAddressFinder(publicIps);
        }

        set("--cloak-address", defence.cloakAddress, builder::cloakAddress);
        set("--cloak-port", defence.cloakPort, builder::cloakPort);
        set("--cloak-proxy-protocol", defence.cloakProxyProtocol, on -> cloakProxyProtocol(on, secret, defence));
        set("--anti-replay-max-size", defence.antiReplayMaxSize, ProxyFactory::checkReplayMemory);
        set("--time-skew", defence.timeSkew, builder::timeSkew);
        set("--max-connections", defence.maxConnections, builder::maxConnections);
        set("--max-connections-per-ip", defence.maxConnectionsPerIp, builder::maxConnectionsPerAddress);
        set("--max-handshakes", defence.maxHandshakes, builder::maxHandshakes);
        set("--handshake-rate", defence.handshakeRate, builder::maxHandshakeRate);
        builder.clientFilter(filter);
        cacheDir.path().ifPresent(builder::cacheDirectory);
        // When nothing can be wrong with the options any more: it begins to write.
        builder.replayCache(replays.open(defence, essentials.bind, cacheDir));
        return builder.build();
    }

    private <T> void set(String option, @Nullable T value, Consumer<T> setter) {
        if (value == null) {
            return;
        }
        try {
            setter.accept(value);
        } catch (IllegalArgumentException e) {
            // The library calls the option by its name in Java.
            String reason = String.valueOf(e.getMessage()).replaceFirst("^[a-z][A-Za-z0-9]*: ", "");
            throw new ParameterException(run.commandLine(), reason, run.findOption(option), null);
        }
    }

    private void proxyProtocol(boolean on, @Nullable List<IpPrefix> trusted) {
        if (on && trusted == null) {
            throw new IllegalArgumentException("say who may tell clients' addresses, as in --trusted-proxies 10.0.0.7,"
                    + " or anybody could pretend to be anybody");
        }
        if (on && trusted != null) {
            builder.trustedProxies(trusted);
        }
    }

    private static void refuseIfIdle(@Nullable Boolean proxyProtocol) {
        if (proxyProtocol == null) {
            throw new IllegalArgumentException("nobody is believed without --proxy-protocol: add that");
        }
    }

    private void cloakProxyProtocol(boolean on, Secret secret, DefenceOptions defence) {
        if (on && defence.cloakAddress == null && secret.host().isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no site to tell anything with this kind of secret: give one with --cloak-address");
        }
        builder.cloakProxyProtocol(on);
    }

    private MiddleProxyOptions middleProxies(AdTagOptions given) {
        middleProxies = MiddleProxyOptions.defaults();
        change(
                "--multiplex-per-connection",
                given.multiplexPerConnection,
                MiddleProxyOptions::withMultiplexPerConnection);
        change("--proxy-secret-url", given.proxySecretUrl, MiddleProxyOptions::withProxySecretUrl);
        change("--proxy-config-url", given.proxyConfigUrl, MiddleProxyOptions::withProxyConfigUrl);
        change("--proxy-config-v6-url", given.proxyConfigV6Url, MiddleProxyOptions::withProxyConfigV6Url);
        change("--start-timeout", given.startTimeout, MiddleProxyOptions::withStartTimeout);
        return middleProxies;
    }

    private <T> void change(
            String option, @Nullable T value, BiFunction<MiddleProxyOptions, T, MiddleProxyOptions> change) {
        set(option, value, checked -> middleProxies = change.apply(middleProxies, checked));
    }

    /** Nothing but commas, of variables that are not set perhaps, must not lead around the servers. */
    private static List<Socks5Server> some(List<Socks5Server> servers) {
        if (servers.isEmpty()) {
            throw new IllegalArgumentException(Socks5Address.EXPECTED);
        }
        return servers;
    }

    private static TelegramDirectory directory(List<DcAddress> dcs) {
        Map<Integer, List<InetSocketAddress>> overrides = new LinkedHashMap<>();
        dcs.forEach(dc ->
                overrides.computeIfAbsent(dc.dc(), unused -> new ArrayList<>()).addAll(dc.addresses()));
        return TelegramDirectory.builtIn().withOverrides(overrides);
    }

    private static void checkReplayMemory(long bytes) {
        if (bytes != 0 && bytes < MIN_REPLAY_CACHE_BYTES) {
            throw new IllegalArgumentException(bytes + " bytes are too few: at least 1MB, or 0 to turn it off");
        }
        if (bytes > Replays.mostBytes(Runtime.getRuntime().maxMemory())) {
            throw new IllegalArgumentException(
                    bytes + " bytes are more than half of the Java heap: give that more with" + " MTG_JAVA_OPTS=-Xmx…");
        }
    }

    /** As an int; what does not fit is out of the library's range anyway. */
    private static int clamped(long size) {
        return (int) Math.min(size, Integer.MAX_VALUE);
    }
}
