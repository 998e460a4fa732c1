package io.github.mtgjava.prober;

import io.github.mtgjava.Inject;
import io.github.mtgjava.MtProxy;
import io.github.mtgjava.MtProxyBuilder;
import io.github.mtgjava.Secret;
import io.github.mtgjava.spi.TelegramDirectory;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.FakeClient;
import io.github.mtgjava.testkit.FakeTelegram;
import io.github.mtgjava.testkit.ManualTicker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** A proxy that cloaks a site, at a fixed time of day; its deadlines pass when the prober says so. */
final class ProbedProxy implements Target, AutoCloseable {

    /** What its clock says, in Unix seconds. */
    static final long NOW = 1_750_000_000L;

    static final String HOST = "origin.test";

    private static final Secret SECRET = Secret.parse("ee00112233445566778899aabbccddeeff6f726967696e2e74657374");
    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);
    private static final long LOOK_AGAIN_MILLIS = 1;

    private final Site site;
    private final FakeTelegram telegram;
    private final ManualTicker ticker = new ManualTicker();
    private final MtProxy proxy;
    private long connections;

    private ProbedProxy(Site site, UnaryOperator<MtProxyBuilder> settings) throws IOException {
        this.site = site;
        telegram = FakeTelegram.start();
        MtProxyBuilder builder = MtProxy.builder()
                .secret(SECRET)
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .workers(1)
                .cloakAddress(site.address())
                .handshakeTimeout(HANDSHAKE_TIMEOUT)
                .cloakProbeInterval(Duration.ZERO)
                .telegramDirectory(TelegramDirectory.builtIn().withOverrides(Map.of(2, List.of(telegram.address()))))
                .hostResolver(host -> {
                    throw new UnknownHostException(host);
                })
                .clock(() -> Instant.ofEpochSecond(NOW));
        proxy = settings.apply(Inject.ticker(builder, ticker)).build();
        proxy.start();
    }

    static ProbedProxy before(Site site) throws IOException {
        return before(site, builder -> builder);
    }

    static ProbedProxy before(Site site, UnaryOperator<MtProxyBuilder> settings) throws IOException {
        return new ProbedProxy(site, settings);
    }

    /** A ClientHello that the proxy would let in. */
    byte[] genuineHello(long seed) {
        return client().withSeed(seed).clientHello();
    }

    /** A ClientHello that the proxy has let in already, as somebody may have recorded it. */
    byte[] usedHello(long seed) throws IOException {
        ClientOptions recorded = client().withSeed(seed);
        connections++;
        try (FakeClient client = recorded.connect()) {
            client.echo(new byte[1]);
        }
        return recorded.clientHello();
    }

    /** A ClientHello of somebody who does not know the secret, in so many records. */
    byte[] forgedHello(long seed, int records) {
        byte[] hello = client().withSeed(seed).withHelloRecords(records).clientHello();
        hello[20] ^= 1;
        return hello;
    }

    private ClientOptions client() {
        return ClientOptions.tls(proxy.address(), SECRET.key(), HOST).withClock(() -> NOW);
    }

    @Override
    public Socket connect() throws IOException {
        connections++;
        return Target.connect(proxy.address());
    }

    @Override
    public boolean passDeadline() {
        // Whoever is accepted later has a later deadline.
        await("the connection is accepted", () -> proxy.stats().accepted() >= connections);
        ticker.advance(HANDSHAKE_TIMEOUT.plusSeconds(1));
        return true;
    }

    @Override
    public boolean giveUp() {
        return site.giveUp();
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofMillis(LIMIT_MILLIS).toNanos();
        while (!condition.getAsBoolean()) {
            if (deadline - System.nanoTime() < 0) {
                throw new AssertionError("not within the limit: " + what);
            }
            try {
                Thread.sleep(LOOK_AGAIN_MILLIS);
            } catch (InterruptedException interrupted) {
                throw new AssertionError(interrupted);
            }
        }
    }

    @Override
    public void close() {
        long crashes = proxy.stats().crashes();
        proxy.close();
        telegram.close();
        if (crashes > 0) {
            throw new AssertionError("the proxy had to contain " + crashes + " fault(s)");
        }
    }
}
