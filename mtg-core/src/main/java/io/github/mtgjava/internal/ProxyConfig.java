package io.github.mtgjava.internal;

import io.github.mtgjava.AdTag;
import io.github.mtgjava.IpPrefix;
import io.github.mtgjava.MiddleProxyOptions;
import io.github.mtgjava.PreferIp;
import io.github.mtgjava.RecordSizing;
import io.github.mtgjava.Socks5Server;
import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.internal.access.ClientLimits;
import io.github.mtgjava.spi.ClientFilter;
import io.github.mtgjava.spi.HostResolver;
import io.github.mtgjava.spi.ProxyObserver;
import io.github.mtgjava.spi.PublicAddressFinder;
import io.github.mtgjava.spi.ReplayCache;
import io.github.mtgjava.spi.TelegramDirectory;
import io.github.mtgjava.transport.nio.SocketOptions;
import io.github.mtgjava.transport.nio.Ticker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Everything a proxy was told, checked, but the secret, which may change. The builder documents each.
 *
 * @param cloakAddress host and port of the site to cloak, perhaps unresolved; null if there is none
 * @param cloakAddressGiven whether somebody said where the site is; if not, it is whatever the secret's host leads to
 * @param cloakProxyProtocol whether that site is told its visitors' addresses
 * @param trustedProxies who tells clients' addresses; nobody if the PROXY protocol is off
 * @param adTag null if clients reach Telegram directly
 * @param socks5 what leads to Telegram, best first; none to connect directly
 * @param maxBufferedBytes held for slow peers of all connections together
 * @param uplinkHighWater bytes held for Telegram above which a client is not read
 * @param downlinkHighWater bytes held for a client above which Telegram is not read
 * @param clientSocket options of accepted sockets
 * @param telegramSocket options of sockets to Telegram
 */
public record ProxyConfig(
        InetSocketAddress bind,
        Optional<InetSocketAddress> publicIpv4,
        Optional<InetSocketAddress> publicIpv6,
        Optional<PublicAddressFinder> publicAddressFinder,
        @Nullable InetSocketAddress cloakAddress,
        boolean cloakAddressGiven,
        Duration cloakProbeInterval,
        boolean cloakProxyProtocol,
        List<IpPrefix> trustedProxies,
        @Nullable AdTag adTag,
        MiddleProxyOptions middleProxies,
        Optional<Path> cacheDirectory,
        TelegramDirectory directory,
        PreferIp preferIp,
        List<Socks5Server> socks5,
        ReplayCache replayCache,
        List<ProxyObserver> observers,
        HostResolver resolver,
        ClientFilter clientFilter,
        int maxConnections,
        ClientLimits limits,
        long maxBufferedBytes,
        int workers,
        int uplinkHighWater,
        int downlinkHighWater,
        SocketOptions clientSocket,
        SocketOptions telegramSocket,
        boolean passThrough,
        RecordSizing recordSizing,
        Duration timeSkew,
        Duration handshakeTimeout,
        Duration connectTimeout,
        Duration idleTimeout,
        InstantSource clock,
        Ticker ticker,
        RandomSource random) {

    /** Whether connections from there begin with a header of the PROXY protocol, which is believed. */
    public boolean isTrustedProxy(InetAddress source) {
        for (IpPrefix trusted : trustedProxies) {
            if (trusted.contains(source)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Held on the heap for those who are not let in yet, all together. A genuine hello comes whole, or nearly so: this is
     * enough for thousands that do not.
     */
    public long maxPreludeBytes() {
        return maxBufferedBytes / 16;
    }

    /** What an address of the cloaked site gets before the next one is tried beside it. */
    public static final Duration CLOAK_HEAD_START = Duration.ofMillis(300);

    /** How many connections beyond the limit may be open while they are shown the site or met with silence. */
    public static int refusedAtOnce(int maxConnections) {
        return Math.max(64, maxConnections / 4);
    }

    /** How long looking up and connecting the cloaked site may take. */
    public static final Duration CLOAK_CONNECT_TIMEOUT = Duration.ofSeconds(5);
}
