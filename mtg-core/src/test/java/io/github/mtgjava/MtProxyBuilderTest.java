package io.github.mtgjava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.mtgjava.internal.ProxyConfig;
import io.github.mtgjava.internal.access.ClientLimits;
import io.github.mtgjava.replay.InMemoryReplayCache;
import io.github.mtgjava.spi.ProxyObserver;
import io.github.mtgjava.spi.ReplayCache;
import io.github.mtgjava.spi.TelegramDirectory;
import io.github.mtgjava.transport.nio.SocketOptions;
import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MtProxyBuilderTest {

    private static final String KEY = "00112233445566778899aabbccddeeff";
    private static final Secret SIMPLE = Secret.parse(KEY);
    private static final Secret TLS = Secret.parse("ee" + KEY + "6f726967696e2e74657374");

    private static final Socks5Server SOCKS5 = Socks5Server.at(new InetSocketAddress("192.0.2.1", 1080));

    private static MtProxyBuilder builder() {
        return MtProxy.builder().secret(SIMPLE);
    }

    /** What the builder came to: a proxy shows it to nobody. */
    private static ProxyConfig config(MtProxyBuilder builder) {
        try {
            Field config = MtProxy.class.getDeclaredField("config");
            config.setAccessible(true);
            return (ProxyConfig) config.get(builder.build());
        } catch (ReflectiveOperationException renamed) {
            throw new AssertionError(renamed);
        }
    }

    private static Arguments setter(String option, Consumer<MtProxyBuilder> setter) {
        return Arguments.of(option, setter);
    }

    static Stream<Arguments> valuesOutOfRange() {
        Duration day = Duration.ofDays(1);
        Duration hour = Duration.ofHours(1);
        Duration tooShort = Duration.ofMillis(10).minusNanos(1);
        return Stream.of(
                setter("bind", builder -> builder.bind(InetSocketAddress.createUnresolved("nowhere.test", 1))),
                setter("cloakPort", builder -> builder.cloakPort(0)),
                setter("cloakPort", builder -> builder.cloakPort(65_536)),
                setter("maxConnections", builder -> builder.maxConnections(0)),
                setter("maxConnections", builder -> builder.maxConnections(-1)),
                setter("maxConnectionsPerAddress", builder -> builder.maxConnectionsPerAddress(0)),
                setter("maxHandshakes", builder -> builder.maxHandshakes(0)),
                setter("maxHandshakeRate", builder -> builder.maxHandshakeRate(0)),
                setter("maxHandshakeRate", builder -> builder.maxHandshakeRate(1_000_001)),
                setter("workers", builder -> builder.workers(0)),
                setter("workers", builder -> builder.workers(1025)),
                setter("socks5", builder -> builder.socks5(Collections.nCopies(17, SOCKS5))),
                setter("bufferToTelegram", builder -> builder.bufferToTelegram(4095)),
                setter("bufferToTelegram", builder -> builder.bufferToTelegram((1 << 30) + 1)),
                setter("bufferToClient", builder -> builder.bufferToClient(4095)),
                setter("bufferToClient", builder -> builder.bufferToClient(Integer.MIN_VALUE)),
                setter("trustedProxies", builder -> builder.trustedProxies(List.of())),
                setter("timeSkew", builder -> builder.timeSkew(Duration.ofNanos(-1))),
                setter("timeSkew", builder -> builder.timeSkew(Duration.ofDays(3651))),
                setter("handshakeTimeout", builder -> builder.handshakeTimeout(tooShort)),
                setter("handshakeTimeout", builder -> builder.handshakeTimeout(hour.plusNanos(1))),
                setter("connectTimeout", builder -> builder.connectTimeout(tooShort)),
                setter("connectTimeout", builder -> builder.connectTimeout(hour.plusNanos(1))),
                setter("idleTimeout", builder -> builder.idleTimeout(Duration.ZERO)),
                setter("idleTimeout", builder -> builder.idleTimeout(day.plusNanos(1))));
    }

    @ParameterizedTest
    @MethodSource("valuesOutOfRange")
    void refusesValuesOutOfRangeAndNamesTheOption(String option, Consumer<MtProxyBuilder> setter) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> setter.accept(builder()))
                .withMessageStartingWith(option + ": ");
    }

    static Stream<Arguments> nulls() {
        return Stream.of(
                setter("secret", builder -> builder.secret(null)),
                setter("telegramDirectory", builder -> builder.telegramDirectory(null)),
                setter("preferIp", builder -> builder.preferIp(null)),
                setter("recordSizing", builder -> builder.recordSizing(null)),
                setter("socks5", builder -> builder.socks5(null)),
                setter("replayCache", builder -> builder.replayCache(null)),
                setter("addObserver", builder -> builder.addObserver(null)),
                setter("trustedProxies", builder -> builder.trustedProxies(null)),
                setter("hostResolver", builder -> builder.hostResolver(null)),
                setter("clientFilter", builder -> builder.clientFilter(null)),
                setter("clock", builder -> builder.clock(null)),
                setter("ticker", builder -> builder.ticker(null)),
                setter("random", builder -> builder.random(null)));
    }

    @ParameterizedTest
    @MethodSource("nulls")
    void refusesNullAndNamesTheOption(String option, Consumer<MtProxyBuilder> setter) {
        assertThatNullPointerException()
                .isThrownBy(() -> setter.accept(builder()))
                .withMessage(option);
    }

    @Test
    void takesValuesAtBothEndsOfTheirRanges() {
        assertThatCode(() -> {
                    builder()
                            .cloakPort(1)
                            .maxConnections(1)
                            .maxConnectionsPerAddress(1)
                            .maxHandshakes(1)
                            .maxHandshakeRate(1)
                            .workers(1)
                            .bufferToTelegram(4096)
                            .bufferToClient(4096);
                    builder()
                            .cloakPort(65_535)
                            .maxConnections(Integer.MAX_VALUE)
                            .maxConnectionsPerAddress(Integer.MAX_VALUE)
                            .maxHandshakes(Integer.MAX_VALUE)
                            .maxHandshakeRate(1_000_000)
                            .workers(1024);
                    builder().bufferToTelegram(1 << 30).bufferToClient(1 << 30);
                    builder().socks5(List.of()).socks5(Collections.nCopies(16, SOCKS5));
                    builder().timeSkew(Duration.ZERO).timeSkew(Duration.ofDays(3650));
                    builder().handshakeTimeout(Duration.ofMillis(10)).handshakeTimeout(Duration.ofHours(1));
                    builder().connectTimeout(Duration.ofMillis(10)).connectTimeout(Duration.ofHours(1));
                    builder().idleTimeout(Duration.ofMillis(10)).idleTimeout(Duration.ofDays(1));
                })
                .doesNotThrowAnyException();
    }

    @Test
    void needsASecret() {
        assertThatIllegalStateException()
                .isThrownBy(() -> MtProxy.builder().build())
                .withMessageContaining("secret");
    }

    @Test
    void hasTheDocumentedDefaults() {
        ProxyConfig config = config(builder());
        assertThat(config.bind()).isEqualTo(new InetSocketAddress("0.0.0.0", 3128));
        assertThat(config.publicIpv4()).isEmpty();
        assertThat(config.publicIpv6()).isEmpty();
        assertThat(config.cloakAddress()).isNull();
        assertThat(config.directory()).isSameAs(TelegramDirectory.builtIn());
        assertThat(config.preferIp()).isEqualTo(PreferIp.PREFER_IPV4);
        assertThat(config.socks5()).isEmpty();
        assertThat(config.replayCache()).isInstanceOf(InMemoryReplayCache.class);
        assertThat(config.observers()).isEmpty();
        assertThat(config.maxConnections()).isBetween(16, 65_536);
        assertThat(config.limits()).isEqualTo(new ClientLimits(0, 0, 0));
        assertThat(config.clientFilter().allows(InetAddress.getLoopbackAddress()))
                .isTrue();
        assertThat(config.workers()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(config.uplinkHighWater()).isEqualTo(65_536);
        assertThat(config.downlinkHighWater()).isEqualTo(131_072);
        assertThat(config.clientSocket()).isEqualTo(SocketOptions.AUTOTUNED);
        assertThat(config.telegramSocket()).isEqualTo(SocketOptions.AUTOTUNED);
        assertThat(config.passThrough()).isTrue();
        assertThat(config.timeSkew()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.handshakeTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.connectTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.idleTimeout()).isEqualTo(Duration.ofMinutes(5));
    }

    /** A client's bytes are received from the client and sent to Telegram: one buffer of each socket per direction. */
    @Test
    void fixesTheKernelsBuffersOfTheDirectionThatIsSet() {
        ProxyConfig up = config(builder().bufferToTelegram(10_000));
        assertThat(up.uplinkHighWater()).isEqualTo(10_000);
        assertThat(up.clientSocket()).isEqualTo(new SocketOptions(10_000, 0));
        assertThat(up.telegramSocket()).isEqualTo(new SocketOptions(0, 10_000));
        ProxyConfig down = config(builder().bufferToClient(20_000));
        assertThat(down.downlinkHighWater()).isEqualTo(20_000);
        assertThat(down.clientSocket()).isEqualTo(new SocketOptions(0, 20_000));
        assertThat(down.telegramSocket()).isEqualTo(new SocketOptions(20_000, 0));
    }

    @Test
    void keepsObserversInOrderAndMayBeUsedAgain() {
        ProxyObserver first = new ProxyObserver() {};
        ProxyObserver second = new ProxyObserver() {};
        MtProxyBuilder builder = builder().addObserver(first);
        ProxyConfig one = config(builder);
        ProxyConfig two = config(builder.addObserver(second).secret(TLS));
        assertThat(one.observers()).containsExactly(first);
        assertThat(two.observers()).containsExactly(first, second);
        assertThat(one.cloakAddress()).as("the secret was a simple one").isNull();
        assertThat(two.cloakAddress()).isNotNull();
        assertThat(one.replayCache()).isNotSameAs(two.replayCache());
    }

    @Test
    void sharesAReplayCacheThatItIsGiven() {
        ReplayCache cache = ReplayCache.disabled();
        assertThat(config(builder().replayCache(cache)).replayCache()).isSameAs(cache);
    }

    @Test
    void cloaksTheHostOfATlsSecretWithoutLookingItUp() {
        InetSocketAddress byDefault = config(builder().secret(TLS)).cloakAddress();
        assertThat(byDefault).isEqualTo(InetSocketAddress.createUnresolved("origin.test", 443));
        InetSocketAddress elsewhere =
                config(builder().secret(TLS).cloakPort(8443)).cloakAddress();
        assertThat(elsewhere).isEqualTo(InetSocketAddress.createUnresolved("origin.test", 8443));
    }

    @Test
    void prefersACloakAddressToTheHostWithAnySecret() {
        InetSocketAddress address = new InetSocketAddress("192.0.2.1", 8080);
        InetSocketAddress name = InetSocketAddress.createUnresolved("web.test", 8080);
        for (Secret secret : new Secret[] {SIMPLE, TLS}) {
            MtProxyBuilder builder = builder().secret(secret).cloakPort(8443);
            assertThat(config(builder.cloakAddress(address)).cloakAddress()).isEqualTo(address);
            assertThat(config(builder.cloakAddress(name)).cloakAddress()).isEqualTo(name);
        }
    }

    @Test
    void takesTheCloakPortForACloakAddressWithoutPort() {
        MtProxyBuilder builder = builder().cloakPort(8443);
        assertThat(config(builder.cloakAddress(new InetSocketAddress("192.0.2.1", 0)))
                        .cloakAddress())
                .isEqualTo(new InetSocketAddress("192.0.2.1", 8443));
        assertThat(config(builder.cloakAddress(InetSocketAddress.createUnresolved("web.test", 0)))
                        .cloakAddress())
                .isEqualTo(InetSocketAddress.createUnresolved("web.test", 8443));
    }

    @Test
    void believesNobodyAboutClientsUnlessToldTo() throws UnknownHostException {
        InetAddress balancer = InetAddress.getByName("10.0.0.7");
        assertThat(config(builder()).isTrustedProxy(balancer)).isFalse();
        ProxyConfig trusting =
                config(builder().trustedProxies(List.of(IpPrefix.parse("192.0.2.1"), IpPrefix.parse("10.0.0.0/29"))));
        assertThat(trusting.isTrustedProxy(balancer)).isTrue();
        assertThat(trusting.isTrustedProxy(InetAddress.getByName("10.0.0.8"))).isFalse();
    }

    @Test
    void aPublicAddressIsOfItsFamily() {
        InetSocketAddress ipv4 = new InetSocketAddress("192.0.2.1", 0);
        InetSocketAddress ipv6 = new InetSocketAddress("2001:db8::1", 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MtProxy.builder().publicIpv4(ipv6))
                .withMessage("publicIpv4: 2001:db8:0:0:0:0:0:1 is no IPv4 address");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MtProxy.builder().publicIpv6(ipv4))
                .withMessage("publicIpv6: 192.0.2.1 is no IPv6 address");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> MtProxy.builder().publicIpv4(InetSocketAddress.createUnresolved("2001:db8::1%eth0", 443)))
                .withMessage("publicIpv4: 2001:db8:0:0:0:0:0:1 is no IPv4 address");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MtProxy.builder().publicIpv6(InetSocketAddress.createUnresolved("192.0.2.1", 443)))
                .withMessage("publicIpv6: 192.0.2.1 is no IPv6 address");
    }

    @Test
    void aPublicAddressIsOneThatSomebodyCanConnectTo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MtProxy.builder().publicIpv4(new InetSocketAddress("0.0.0.0", 443)))
                .withMessage("publicIpv4: nobody can connect to 0.0.0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MtProxy.builder().publicIpv6(InetSocketAddress.createUnresolved("::", 443)))
                .withMessage("publicIpv6: nobody can connect to 0:0:0:0:0:0:0:0");
        InetSocketAddress name = InetSocketAddress.createUnresolved("proxy.example", 443);
        assertThat(config(builder().publicIpv4(name)).publicIpv4()).contains(name);
    }

    @Test
    void tellsTheSiteOfItsVisitorsOnlyIfThereIsOne() {
        assertThatIllegalStateException()
                .isThrownBy(
                        () -> builder().secret(SIMPLE).cloakProxyProtocol(true).build())
                .withMessageStartingWith("cloakProxyProtocol: with this kind of secret there is no site to tell");
        InetSocketAddress site = new InetSocketAddress("192.0.2.1", 443);
        assertThat(config(builder().secret(SIMPLE).cloakProxyProtocol(true).cloakAddress(site))
                        .cloakProxyProtocol())
                .isTrue();
        assertThat(config(builder().secret(TLS).cloakProxyProtocol(true)).cloakProxyProtocol())
                .isTrue();
    }
}
