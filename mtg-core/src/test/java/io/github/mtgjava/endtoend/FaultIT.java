package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.Inject;
import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.spi.Ending;
import io.github.mtgjava.spi.ProxyObserver;
import io.github.mtgjava.spi.ReplayCache;
import io.github.mtgjava.spi.TelegramDirectory;
import io.github.mtgjava.testkit.FakeClient;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.ManualTicker;
import io.github.mtgjava.testkit.RecordingOrigin;
import io.github.mtgjava.testkit.Visit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults of plugged-in parts and of the network's edges: one connection's trouble is nobody else's. */
class FaultIT {

    @Test
    void aSessionThatThrowsIsClosedAndDisturbsNobody() throws Exception {
        TelegramDirectory faulty = dc -> {
            if (dc == 5) {
                throw new IllegalStateException("a fault on purpose");
            }
            return List.of();
        };
        try (RunningCase running =
                RunningCase.start(Mode.SECURED, builder -> builder.workers(1).telegramDirectory(faulty))) {
            assertThat(running.stats().crashes()).isZero();
            try (Socket socket = running.client().openSocket()) {
                socket.getOutputStream().write(running.client().withDc(5).frame());
                running.await("it is closed", () -> running.closed(CloseReason.INTERNAL_ERROR) == 1);
            }
            assertThat(running.stats().crashes()).isEqualTo(1);
            assertThat(running.events.hasCrashes()).isTrue();
            running.events.forgiveCrashes();
        }
    }

    @Test
    void otherSessionsOfTheSameLoopGoOn() throws Exception {
        try (RunningCase backend = RunningCase.start(Mode.SIMPLE);
                RunningCase running = RunningCase.start(
                        Mode.SECURED,
                        builder -> builder.workers(1).telegramDirectory(dc -> {
                            if (dc == 5) {
                                throw new StackOverflowError("a fault on purpose");
                            }
                            return List.of(backend.telegram.address());
                        }));
                FakeClient other = running.client().connect()) {
            other.echo(new byte[10]);
            for (int i = 1; i <= 10; i++) {
                int crashes = i;
                try (Socket socket = running.client().openSocket()) {
                    socket.getOutputStream().write(running.client().withDc(5).frame());
                    running.await("it is closed", () -> running.closed(CloseReason.INTERNAL_ERROR) == crashes);
                }
                assertThat(other.echo(new byte[1000])).hasSize(1000);
            }
            running.events.forgiveCrashes();
        }
    }

    @Test
    void aThrowingObserverHarmsNobodyAndIsCounted() throws Exception {
        ProxyObserver faulty = new ProxyObserver() {
            @Override
            public void accepted(long connection, InetSocketAddress client) {
                throw new IllegalStateException("a fault on purpose");
            }
        };
        try (RunningCase running = RunningCase.start(Mode.TLS, builder -> builder.addObserver(faulty));
                FakeClient client = running.client().connect()) {
            assertThat(client.echo(new byte[10])).hasSize(10);
            assertThat(running.stats().observerFailures()).isEqualTo(1);
        }
    }

    static Stream<ReplayCache> faultyCaches() {
        return Stream.of(
                key -> {
                    throw new IllegalStateException("a fault on purpose");
                },
                key -> CompletableFuture.failedStage(new IllegalStateException("a fault on purpose")),
                key -> CompletableFuture.completedStage(null));
    }

    @ParameterizedTest
    @MethodSource("faultyCaches")
    void aFailingReplayCacheFailsClosed(ReplayCache faulty) throws Exception {
        try (RecordingOrigin origin = RecordingOrigin.start();
                RunningCase running = RunningCase.start(
                        Mode.TLS,
                        builder -> builder.cloakAddress(origin.address()).replayCache(faulty));
                Socket socket = running.client().openSocket()) {
            byte[] hello = running.client().clientHello();
            socket.getOutputStream().write(hello);
            assertThat(origin.awaitVisit(0).awaitBytes(hello.length)).isEqualTo(hello);
            assertThat(running.refused(RefusalReason.REPLAY_CACHE_FAILED)).isEqualTo(1);
        }
    }

    @Test
    void aRemoteReplayCacheMayTakeItsTimeUpToTheDeadline() throws Exception {
        ManualTicker ticker = new ManualTicker();
        CompletableFuture<Boolean> slow = new CompletableFuture<>();
        CompletableFuture<Boolean> never = new CompletableFuture<>();
        Iterator<CompletableFuture<Boolean>> answers = List.of(slow, never).iterator();
        try (RecordingOrigin origin = RecordingOrigin.start();
                RunningCase running = RunningCase.start(
                        Mode.TLS,
                        builder -> Inject.ticker(builder, ticker)
                                .cloakAddress(origin.address())
                                .replayCache(key -> answers.next()))) {
            CompletableFuture<FakeClient> connecting = CompletableFuture.supplyAsync(() -> connect(running));
            running.events.awaitEvent("accepted 1");
            slow.complete(true);
            try (FakeClient client = connecting.get(RunningCase.LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                assertThat(client.echo(new byte[10])).hasSize(10);
            }
            try (Socket socket = running.client().openSocket()) {
                byte[] hello = running.client().clientHello();
                socket.getOutputStream().write(hello);
                running.events.awaitEvent("accepted 2");
                running.await("the hello was read", () -> !answers.hasNext());
                ticker.advance(Duration.ofSeconds(11));
                Visit visit = origin.awaitVisit(0);
                assertThat(visit.awaitBytes(hello.length)).isEqualTo(hello);
                visit.finish();
                never.complete(true);
            }
            running.await("all is over", () -> running.stats().open() == 0);
            assertThat(running.refused(RefusalReason.HANDSHAKE_TIMEOUT)).isEqualTo(1);
        }
    }

    @Test
    void anAnswerThatComesWithTheEndOfASessionIsTooLate() throws Exception {
        CompletableFuture<Boolean> late = new CompletableFuture<>();
        CountDownLatch asked = new CountDownLatch(1);
        ProxyObserver answering = new ProxyObserver() {
            @Override
            public void closed(Ending ending) {
                late.complete(false);
            }
        };
        try (RunningCase running = RunningCase.start(
                        Mode.TLS,
                        builder -> builder.addObserver(answering).replayCache(key -> {
                            asked.countDown();
                            return late;
                        }));
                Socket socket = running.client().openSocket()) {
            socket.getOutputStream().write(running.client().clientHello());
            assertThat(asked.await(RunningCase.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            running.proxy.stop(Duration.ZERO);
            assertThat(late).isDone();
            assertThat(running.refused(RefusalReason.REPLAY)).isZero();
            assertThat(running.stats().crashes()).isZero();
        }
    }

    @Test
    void aDeadDnsBlocksNoLoop() throws Exception {
        CountDownLatch dead = new CountDownLatch(1);
        ManualTicker ticker = new ManualTicker();
        try (RunningCase running = RunningCase.start(
                Mode.TLS,
                builder -> Inject.ticker(builder, ticker).workers(1).hostResolver(host -> {
                    try {
                        dead.await(60, TimeUnit.SECONDS);
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                    }
                    throw new UnknownHostException(host);
                }))) {
            try (Socket visitor = running.client().openSocket();
                    FakeClient client = running.client().connect()) {
                visitor.getOutputStream().write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                running.await("the visitor waits", () -> running.stats().cloaking() == 1);
                assertThat(client.echo(new byte[5000])).hasSize(5000);
                ticker.advance(Duration.ofSeconds(6));
                running.await("the visitor meets silence", () -> running.stats().cloaking() == 0);
                assertThat(client.echo(new byte[5000])).hasSize(5000);
                assertThat(running.stats().open()).isEqualTo(2);
            } finally {
                dead.countDown();
            }
        }
    }

    @Test
    void anOriginThatLeadsBackToTheProxyIsNotUsed() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        InetSocketAddress own = new InetSocketAddress("127.0.0.1", port);
        try (RunningCase running =
                        RunningCase.start(Mode.TLS, builder -> builder.bind(own).cloakAddress(own));
                Socket visitor = running.client().openSocket()) {
            visitor.getOutputStream().write(new byte[50]);
            running.await("it is refused", () -> running.refused(RefusalReason.NOT_TLS) == 1);
            running.await("it meets silence", () -> running.stats().cloaking() == 0);
            assertThat(running.stats().accepted()).isEqualTo(1);
        }
    }

    private static FakeClient connect(RunningCase running) {
        try {
            return running.client().connect();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void theOverridesOfTheDirectoryReachTelegram() throws Exception {
        try (RunningCase backend = RunningCase.start(Mode.SIMPLE);
                RunningCase running = RunningCase.start(
                        Mode.SECURED,
                        builder -> builder.telegramDirectory(TelegramDirectory.builtIn()
                                .withOverrides(Map.of(2, List.of(backend.telegram.address())))
                                .withFallback(2)));
                FakeClient client = running.client().withDc(78).connect()) {
            assertThat(client.echo(new byte[4])).hasSize(4);
            assertThat(backend.telegram.frames().get(0).signedDc()).isEqualTo(78);
        }
    }
}
