package io.github.mtgjava.endtoend;

import io.github.mtgjava.Inject;
import io.github.mtgjava.IpPrefix;
import io.github.mtgjava.MtProxyBuilder;
import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.spi.ProxyObserver;
import io.github.mtgjava.spi.ReplayCache;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.Command;
import io.github.mtgjava.testkit.FakeClient;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.ManualTicker;
import io.github.mtgjava.testkit.RecordingOrigin;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A proxy with a TLS secret and a site, and for each reason somebody whom it refuses for that. */
final class Refusals implements AutoCloseable {

    private static final long NOW = 1_750_000_000L;
    private static final byte[] HTTP = "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHANGE_CIPHER_SPEC = HexFormat.of().parseHex("140303000101");
    /** A frame of zeros, in a record. */
    private static final byte[] NOISE_IN_A_RECORD = HexFormat.of().parseHex("1703030040" + "00".repeat(64));

    private static final int BUDGET = 1 << 20;

    /** So many use it up to three quarters, with small reads, and not much more. */
    private static final int GREEDY = 40;

    private static final byte[] ALERT = HexFormat.of().parseHex("1503030002022a");

    final ManualTicker ticker = new ManualTicker();
    final RecordingOrigin origin = RecordingOrigin.start();
    final RunningCase running;
    private final RefusalReason reason;
    private final List<FakeClient> companions = new ArrayList<>();
    private final List<Socket> idlers = new ArrayList<>();

    Refusals(RefusalReason reason, ProxyObserver observer) throws IOException {
        this.reason = reason;
        running = RunningCase.start(
                Mode.TLS,
                builder -> trusting(limited(Inject.ticker(builder, ticker), reason), reason)
                        .addObserver(observer)
                        .cloakAddress(origin.address())
                        .clock(() -> Instant.ofEpochSecond(NOW))
                        .maxBufferedBytes(reason == RefusalReason.MEMORY_SHORT ? BUDGET : 1 << 30)
                        .maxConnections(reason == RefusalReason.CONNECTION_LIMIT ? 1 : 100)
                        .replayCache(cache(reason))
                        .clientFilter(client -> reason != RefusalReason.BLOCKED));
    }

    private static MtProxyBuilder limited(MtProxyBuilder builder, RefusalReason reason) {
        return switch (reason) {
            case ADDRESS_LIMIT -> builder.maxConnectionsPerAddress(1);
            case HANDSHAKE_LIMIT -> builder.maxHandshakes(1);
            case HANDSHAKE_RATE -> builder.maxHandshakeRate(1);
            default -> builder;
        };
    }

    private static MtProxyBuilder trusting(MtProxyBuilder builder, RefusalReason reason) {
        return reason == RefusalReason.BAD_PROXY_HEADER
                ? builder.trustedProxies(List.of(IpPrefix.parse("127.0.0.1")))
                : builder;
    }

    private static ReplayCache cache(RefusalReason reason) {
        return reason == RefusalReason.REPLAY_CACHE_FAILED
                ? key -> CompletableFuture.failedStage(new IllegalStateException("a fault on purpose"))
                : ReplayCache.inMemory(1 << 20);
    }

    /** Whether the site may be shown to those who are refused like that here: whoever got a flight sees silence. */
    static boolean isCloaked(RefusalReason reason) {
        return switch (reason) {
            case NOT_TLS,
                    MALFORMED_HELLO,
                    BAD_DIGEST,
                    CLOCK_SKEW,
                    WRONG_SNI,
                    UNSUPPORTED_HELLO,
                    REPLAY,
                    REPLAY_CACHE_FAILED,
                    TRUNCATED,
                    HANDSHAKE_TIMEOUT,
                    CONNECTION_LIMIT,
                    MEMORY_SHORT,
                    BLOCKED,
                    ADDRESS_LIMIT,
                    HANDSHAKE_LIMIT,
                    HANDSHAKE_RATE,
                    BAD_PROXY_HEADER -> true;
            case BAD_FRAME, FORBIDDEN_TRANSPORT, BAD_RECORD -> false;
        };
    }

    /** Does what one is refused for. */
    Socket cause() throws IOException {
        byte[] hello = client().clientHello();
        return switch (reason) {
            case NOT_TLS, BAD_PROXY_HEADER -> send(HTTP);
            case MALFORMED_HELLO -> {
                hello[2] = 3;
                yield send(hello);
            }
            case BAD_DIGEST -> {
                hello[20] ^= 1;
                yield send(hello);
            }
            case CLOCK_SKEW -> send(client().withClock(() -> NOW + 3600).clientHello());
            case WRONG_SNI -> send(client("www.example.org").clientHello());
            case UNSUPPORTED_HELLO -> send(Hellos.unanswerable(hello, running.secret.key(), NOW));
            case REPLAY -> {
                ClientOptions recorded = client().withSeed(99);
                try (FakeClient first = recorded.connect()) {
                    first.echo(new byte[1]);
                }
                yield send(recorded.clientHello());
            }
            case REPLAY_CACHE_FAILED -> send(hello);
            case BAD_FRAME -> sendBehindTheFlight(CHANGE_CIPHER_SPEC, NOISE_IN_A_RECORD);
            case FORBIDDEN_TRANSPORT -> {
                FakeClient client = client().withTag(ClientOptions.ABRIDGED).connect();
                companions.add(client);
                yield client.socket();
            }
            case BAD_RECORD -> sendBehindTheFlight(ALERT);
            case TRUNCATED -> {
                Socket socket = send(Arrays.copyOf(hello, 300));
                socket.shutdownOutput();
                yield socket;
            }
            case HANDSHAKE_TIMEOUT -> {
                Socket socket = client().openSocket();
                running.events.awaitEvent("accepted 1");
                ticker.advance(Duration.ofSeconds(11));
                yield socket;
            }
            case BLOCKED -> client().openSocket();
            case HANDSHAKE_LIMIT -> {
                Socket idler = client().openSocket();
                idlers.add(idler);
                // Ends with a reset: whoever ends a handshake otherwise is refused, too.
                idler.setSoLinger(true, 0);
                running.await("it is in its handshake", () -> running.stats().handshakes() == 1);
                yield client().openSocket();
            }
            case CONNECTION_LIMIT, ADDRESS_LIMIT, HANDSHAKE_RATE -> {
                companions.add(client().connect());
                yield client().openSocket();
            }
            case MEMORY_SHORT -> {
                // All before the first of them takes memory, or they would be refused themselves.
                for (int i = 0; i < GREEDY; i++) {
                    companions.add(client().connect());
                }
                for (FakeClient greedy : companions) {
                    greedy.send(Command.source(64 << 20, 1));
                }
                running.await("memory is short", () -> running.stats().bufferedBytes() > BUDGET / 4 * 3 + BUDGET / 16);
                yield client().openSocket();
            }
        };
    }

    /** Gets the flight, and sends something else than a frame then. */
    Socket sendBehindTheFlight(byte[]... pieces) throws IOException {
        Socket socket = send(client().clientHello());
        Hellos.readFlight(socket);
        for (byte[] piece : pieces) {
            socket.getOutputStream().write(piece);
        }
        return socket;
    }

    private Socket send(byte[] bytes) throws IOException {
        Socket socket = client().openSocket();
        socket.getOutputStream().write(bytes);
        return socket;
    }

    private ClientOptions client() {
        return client(RunningCase.HOST);
    }

    private ClientOptions client(String host) {
        return ClientOptions.tls(running.proxy.address(), running.secret.key(), host)
                .withClock(() -> NOW);
    }

    /** Whoever was needed besides leaves. */
    void endCompanions() throws IOException {
        for (FakeClient companion : companions) {
            companion.close();
        }
        for (Socket idler : idlers) {
            idler.close();
        }
    }

    @Override
    public void close() throws IOException {
        endCompanions();
        running.close();
        origin.close();
    }
}
