package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.MtProxyBuilder;
import io.github.mtgjava.ProxyStats;
import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.SecretType;
import io.github.mtgjava.Transport;
import io.github.mtgjava.endtoend.EveryEvent.Event;
import io.github.mtgjava.spi.ProxyObserver;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.ClosedPort;
import io.github.mtgjava.testkit.Command;
import io.github.mtgjava.testkit.FakeClient;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.FakeTelegram;
import io.github.mtgjava.testkit.RecordingOrigin;
import io.github.mtgjava.testkit.Visit;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What an observer is told about a connection, in which order and with which details. */
class ObserverIT {

    private final List<Event> told = new CopyOnWriteArrayList<>();

    private RunningCase start(FakeTelegram telegram, Mode mode, UnaryOperator<MtProxyBuilder> settings) {
        return RunningCase.startBefore(
                telegram, mode, builder -> settings.apply(builder.addObserver(EveryEvent.to(told::add))));
    }

    /** All that was told about a connection until it ended. */
    private List<Event> story(RunningCase running, long connection) {
        running.await(
                "the end of " + connection,
                () -> told.stream()
                        .anyMatch(event -> event.name().equals("closed")
                                && event.details().get(0).equals(connection)));
        return told.stream()
                .filter(event ->
                        !event.details().isEmpty() && event.details().get(0).equals(connection))
                .toList();
    }

    private static InetSocketAddress local(Socket socket) {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    private static Event refusedEnd(
            long connection, InetSocketAddress client, RefusalReason reason, long fromClient, long toClient) {
        return Event.of(
                "closed", connection, client, false, Optional.of(reason), CloseReason.REFUSED, fromClient, toClient);
    }

    @Test
    void anAdmittedClientIsFollowedFromItsAddressToItsBytes() throws Exception {
        FakeTelegram telegram = FakeTelegram.start();
        try (RunningCase running =
                start(telegram, Mode.SIMPLE, builder -> builder.telegramDirectory(dc -> List.of(telegram.address())))) {
            InetSocketAddress address;
            try (FakeClient client = running.client().withDc(-2).connect()) {
                address = local(client.socket());
                client.upload(5_000, 3);
            }
            assertThat(story(running, 1))
                    .containsExactly(
                            Event.of("accepted", 1L, address),
                            Event.of("handshakeDone", 1L, address, SecretType.SIMPLE, Transport.INTERMEDIATE, -2),
                            Event.of("telegramConnected", 1L, 2, telegram.address()),
                            Event.of(
                                    "closed",
                                    1L,
                                    address,
                                    true,
                                    Optional.empty(),
                                    CloseReason.CLIENT_CLOSED,
                                    64L + Command.LENGTH + 5_000,
                                    1L));
        }
    }

    @Test
    void aVisitToTheSiteIsToldWithAllItsBytes() throws Exception {
        try (RecordingOrigin origin = RecordingOrigin.start();
                RunningCase running =
                        start(FakeTelegram.start(), Mode.TLS, builder -> builder.cloakAddress(origin.address()))) {
            InetSocketAddress address;
            try (Socket socket = running.client().openSocket()) {
                address = local(socket);
                socket.getOutputStream().write(new byte[600]);
                Visit visit = origin.awaitVisit(0);
                visit.awaitBytes(600);
                socket.getOutputStream().write(new byte[70]);
                visit.awaitBytes(670);
                visit.send(new byte[333]);
                visit.finish();
                assertThat(socket.getInputStream().readAllBytes()).hasSize(333);
            }
            assertThat(story(running, 1))
                    .containsExactly(
                            Event.of("accepted", 1L, address),
                            Event.of("refused", 1L, address, RefusalReason.NOT_TLS),
                            Event.of("cloaked", 1L, RefusalReason.NOT_TLS),
                            Event.of("cloakEnded", 1L, RefusalReason.NOT_TLS, 670L, 333L),
                            refusedEnd(1L, address, RefusalReason.NOT_TLS, 670L, 333L));
        }
    }

    @Test
    void aSiteThatCannotBeReachedIsToldAsAFailure() throws Exception {
        try (ClosedPort nobody = ClosedPort.reserve();
                RunningCase running =
                        start(FakeTelegram.start(), Mode.TLS, builder -> builder.cloakAddress(nobody.address()))) {
            InetSocketAddress address;
            try (Socket socket = running.client().openSocket()) {
                address = local(socket);
                socket.getOutputStream().write(new byte[600]);
                running.events.awaitEvent("cloak failed 1 NOT_TLS");
            }
            assertThat(story(running, 1))
                    .containsExactly(
                            Event.of("accepted", 1L, address),
                            Event.of("refused", 1L, address, RefusalReason.NOT_TLS),
                            Event.of("cloakFailed", 1L, RefusalReason.NOT_TLS),
                            refusedEnd(1L, address, RefusalReason.NOT_TLS, 600L, 0L));
        }
    }

    @Test
    void aReplayIsToldWithTheAddressOfWhoeverPlayedIt() throws Exception {
        try (RunningCase running = start(FakeTelegram.start(), Mode.SECURED, builder -> builder)) {
            ClientOptions recorded = running.client().withSeed(4);
            try (FakeClient client = recorded.connect()) {
                client.echo(new byte[1]);
            }
            InetSocketAddress address;
            try (Socket socket = running.client().openSocket()) {
                address = local(socket);
                socket.getOutputStream().write(recorded.frame());
                running.events.awaitEvent("refused 2 REPLAY");
            }
            assertThat(story(running, 2))
                    .containsExactly(
                            Event.of("accepted", 2L, address),
                            Event.of("replayDetected", 2L, address),
                            Event.of("refused", 2L, address, RefusalReason.REPLAY),
                            refusedEnd(2L, address, RefusalReason.REPLAY, 64L, 0L));
        }
    }

    @Test
    void anAddressThatFailsIsNamedBeforeTheOneThatAnswers() throws Exception {
        FakeTelegram telegram = FakeTelegram.start();
        try (ClosedPort nobody = ClosedPort.reserve();
                RunningCase running = start(
                        telegram,
                        Mode.SECURED,
                        builder -> builder.telegramDirectory(dc -> List.of(nobody.address(), telegram.address())))) {
            try (FakeClient client = running.client().withDc(3).connect()) {
                client.echo(new byte[5]);
            }
            assertThat(story(running, 1).subList(2, 4))
                    .containsExactly(
                            Event.of("telegramConnectFailed", 1L, 3, nobody.address()),
                            Event.of("telegramConnected", 1L, 3, telegram.address()));
        }
    }

    @Test
    void itIsToldOnceOfTheStartBeforeAndOfTheStopAfterEverythingElse() throws Exception {
        try (RunningCase running = start(FakeTelegram.start(), Mode.TLS, builder -> builder);
                FakeClient client = running.client().connect()) {
            client.echo(new byte[1]);
            running.proxy.stop(Duration.ZERO);
            running.proxy.stop(Duration.ZERO);
        }
        assertThat(told).extracting(Event::name).startsWith("started").endsWith("closed", "stopped");
        assertThat(told).extracting(Event::name).containsOnlyOnce("started", "stopped");
    }

    @Test
    void theStatisticsCanBeAskedFromTheStartToAfterTheStop() throws Exception {
        AtomicReference<Supplier<ProxyStats>> source = new AtomicReference<>();
        AtomicReference<ProxyStats> atStart = new AtomicReference<>();
        AtomicReference<ProxyStats> atStop = new AtomicReference<>();
        ProxyObserver asking = new ProxyObserver() {
            @Override
            public void started(Supplier<ProxyStats> stats) {
                source.set(stats);
                atStart.set(stats.get());
            }

            @Override
            public void stopped() {
                atStop.set(stats().get());
            }

            private Supplier<ProxyStats> stats() {
                return Objects.requireNonNull(source.get());
            }
        };
        try (RunningCase running = RunningCase.start(Mode.SECURED, builder -> builder.addObserver(asking));
                FakeClient client = running.client().connect()) {
            client.echo(new byte[1]);
            assertThat(atStart.get().listening()).isFalse();
            assertThat(atStart.get().accepted()).isZero();
            assertThat(atStart.get().clients())
                    .isNotEmpty()
                    .allSatisfy((kind, count) -> assertThat(count).isZero());
            assertThat(source.get().get().listening()).isTrue();
            assertThat(source.get().get().open()).isEqualTo(1);
            running.proxy.stop(Duration.ZERO);
        }
        for (ProxyStats stats : List.of(atStop.get(), source.get().get())) {
            assertThat(stats.listening()).isFalse();
            assertThat(stats.accepted()).isEqualTo(1);
            assertThat(stats.open()).isZero();
            assertThat(stats.relaying()).isZero();
            assertThat(stats.closed()).containsEntry(CloseReason.PROXY_STOPPED, 1L);
        }
        assertThat(source.get().get().observerFailures()).isZero();
    }

    @Test
    void oneThatBlocksForSecondsDelaysNobody() throws IOException, InterruptedException {
        BlockingObserver blocking = new BlockingObserver();
        try (RunningCase running =
                RunningCase.start(Mode.SECURED, builder -> builder.workers(1).addObserver(blocking.observer()))) {
            try (FakeClient first = running.client().connect()) {
                first.echo(new byte[1]);
                assertThat(blocking.awaitStuck()).isTrue();
                for (int i = 0; i < 20; i++) {
                    try (FakeClient other = running.client().connect()) {
                        assertThat(other.echo(new byte[10_000])).hasSize(10_000);
                    }
                }
                assertThat(first.echo(new byte[10_000])).hasSize(10_000);
                assertThat(blocking.isStuck()).isTrue();
            } finally {
                blocking.release();
            }
        }
    }
}
