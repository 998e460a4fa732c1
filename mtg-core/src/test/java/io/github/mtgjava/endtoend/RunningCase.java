package io.github.mtgjava.endtoend;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.MtProxy;
import io.github.mtgjava.MtProxyBuilder;
import io.github.mtgjava.ProxyStats;
import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.Secret;
import io.github.mtgjava.spi.ReplayCache;
import io.github.mtgjava.spi.TelegramDirectory;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.FakeTelegram;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** A proxy on a loopback port in front of a fake DC 2 (and -2), with everything that it was told written down. */
final class RunningCase implements AutoCloseable {

    static final Duration LIMIT = Duration.ofSeconds(20);
    static final String HOST = "origin.test";

    final Secret secret;
    final Mode mode;
    final FakeTelegram telegram;
    final EventLog events = new EventLog();
    final MtProxy proxy;

    private RunningCase(Mode mode, FakeTelegram telegram, UnaryOperator<MtProxyBuilder> settings) {
        this.mode = mode;
        this.secret = secretFor(mode);
        this.telegram = telegram;
        MtProxyBuilder builder = MtProxy.builder()
                .secret(secret)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .workers(2)
                .maxConnections(5_000)
                // Origins of tests count their visitors.
                .cloakProbeInterval(Duration.ZERO)
                .replayCache(ReplayCache.inMemory(1 << 20))
                .telegramDirectory(TelegramDirectory.builtIn().withOverrides(Map.of(2, List.of(telegram.address()))))
                // Without this a TLS secret would have the test look up its host.
                .hostResolver(host -> {
                    throw new UnknownHostException(host);
                })
                .addObserver(events);
        this.proxy = settings.apply(builder).build();
        proxy.start();
    }

    static RunningCase start(Mode mode, UnaryOperator<MtProxyBuilder> settings) throws IOException {
        return new RunningCase(mode, FakeTelegram.start(), settings);
    }

    /** In front of a DC that speaks MTProto, not our test commands. */
    static RunningCase startMtproto(Mode mode, UnaryOperator<MtProxyBuilder> settings) throws IOException {
        return new RunningCase(mode, FakeTelegram.start(FakeTelegram.Behaviour.MTPROTO), settings);
    }

    /** In front of a DC that runs already, and is the case's from here on. */
    static RunningCase startBefore(FakeTelegram telegram, Mode mode, UnaryOperator<MtProxyBuilder> settings) {
        return new RunningCase(mode, telegram, settings);
    }

    static RunningCase start(Mode mode) throws IOException {
        return start(mode, builder -> builder);
    }

    static Secret secretFor(Mode mode) {
        return switch (mode) {
            case SIMPLE -> Secret.parse("00112233445566778899aabbccddeeff");
            case SECURED -> Secret.parse("dd00112233445566778899aabbccddeeff");
            case TLS -> Secret.parse("ee00112233445566778899aabbccddeeff6f726967696e2e74657374");
        };
    }

    ClientOptions client() {
        return client(secret);
    }

    /** A client of another secret of the same kind. */
    ClientOptions client(Secret other) {
        return ClientOptions.of(mode, proxy.address(), other.key(), HOST);
    }

    ProxyStats stats() {
        return proxy.stats();
    }

    long closed(CloseReason reason) {
        Long count = stats().closed().get(reason);
        return count == null ? 0 : count;
    }

    long refused(RefusalReason reason) {
        Long count = stats().refused().get(reason);
        return count == null ? 0 : count;
    }

    /** Waits until it is so; every event of the proxy is a moment to look. */
    void await(String what, BooleanSupplier condition) {
        events.await(what, condition);
    }

    @Override
    public void close() {
        proxy.close();
        telegram.close();
        if (events.hasCrashes()) {
            throw new AssertionError("the proxy had to contain a fault", events.firstCrash());
        }
    }
}
