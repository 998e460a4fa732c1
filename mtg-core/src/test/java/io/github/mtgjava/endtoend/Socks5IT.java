package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.Inject;
import io.github.mtgjava.IpFamily;
import io.github.mtgjava.MtProxyBuilder;
import io.github.mtgjava.PreferIp;
import io.github.mtgjava.Socks5Server;
import io.github.mtgjava.spi.TelegramDirectory;
import io.github.mtgjava.testkit.ClosedPort;
import io.github.mtgjava.testkit.FakeClient;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.FakeSocks5;
import io.github.mtgjava.testkit.FakeSocks5.Behaviour;
import io.github.mtgjava.testkit.FakeSocks5.Request;
import io.github.mtgjava.testkit.FakeTelegram;
import io.github.mtgjava.testkit.ManualTicker;
import io.github.mtgjava.testkit.RecordingOrigin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Telegram is reached through SOCKS5 servers, and what goes wrong there is met as what goes wrong with Telegram. */
@Timeout(120)
class Socks5IT {

    private static final Duration LIMIT = RunningCase.LIMIT;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final ManualTicker ticker = new ManualTicker();
    private FakeSocks5 first;
    private FakeSocks5 second;

    @BeforeEach
    void startServers() throws IOException {
        first = FakeSocks5.start();
        second = FakeSocks5.start();
    }

    @AfterEach
    void stopServers() {
        first.close();
        second.close();
    }

    private static UnaryOperator<MtProxyBuilder> through(FakeSocks5... servers) {
        List<Socks5Server> list = Stream.of(servers)
                .map(server -> Socks5Server.at(server.address()))
                .toList();
        return builder -> builder.workers(1).socks5(list);
    }

    private static void talk(RunningCase running) throws IOException {
        try (FakeClient client = running.client().connect()) {
            client.both(100_000, 200_000, 1);
        }
        running.await("it is over", () -> running.stats().open() == 0);
    }

    private static void isTurnedAway(RunningCase running) throws IOException {
        try (FakeClient client = running.client().connect()) {
            client.readEnd();
        }
        running.await("it is over", () -> running.closed(CloseReason.TELEGRAM_UNREACHABLE) == 1);
        assertThat(running.events.all()).contains("unreachable 1 2");
    }

    @ParameterizedTest
    @EnumSource
    void carriesClientsOfEveryKind(Mode mode) throws Exception {
        try (RunningCase running = RunningCase.start(mode, through(first))) {
            talk(running);
            assertThat(first.requests()).containsExactly(new Request(running.telegram.address(), false));
            assertThat(running.telegram.accepted()).isEqualTo(1);
        }
    }

    @Test
    void understandsAnswersInAnyPieces() throws Exception {
        first.behave(Behaviour.ONE_BYTE_SEGMENTS);
        first.requireLogin("alice", "sesame");
        Socks5Server server = Socks5Server.at(first.address()).withLogin("alice", "sesame");
        try (RunningCase running = RunningCase.start(Mode.SECURED, builder -> builder.socks5(List.of(server)))) {
            talk(running);
        }
    }

    @Test
    void logsInWhereItMust() throws Exception {
        first.requireLogin("älice", "se:s@me,ö");
        Socks5Server server = Socks5Server.at(first.address()).withLogin("älice", "se:s@me,ö");
        try (RunningCase running = RunningCase.start(Mode.SECURED, builder -> builder.socks5(List.of(server)))) {
            talk(running);
            assertThat(first.requests()).containsExactly(new Request(running.telegram.address(), true));
        }
    }

    @Test
    void reachesIpv6OverIpv6() throws Exception {
        InetAddress loopback = Loopback.of(IpFamily.IPV6);
        try (FakeSocks5 six = FakeSocks5.start(loopback);
                RunningCase running = RunningCase.startBefore(
                        FakeTelegram.start(loopback),
                        Mode.SECURED,
                        builder -> through(six).apply(builder).preferIp(PreferIp.ONLY_IPV6))) {
            talk(running);
            assertThat(six.requests()).containsExactly(new Request(running.telegram.address(), false));
        }
    }

    @ParameterizedTest
    @EnumSource(
            names = {"NORMAL", "ONE_BYTE_SEGMENTS", "SILENT", "SILENT_AFTER_REQUEST"},
            mode = EnumSource.Mode.EXCLUDE)
    void aServerThatMisbehavesIsLikeAnAddressThatFails(Behaviour behaviour) throws Exception {
        first.behave(behaviour);
        try (RunningCase running = RunningCase.start(Mode.SECURED, through(first))) {
            isTurnedAway(running);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 255})
    void anErrorOfTheServerIsLikeAnAddressThatFails(int reply) throws Exception {
        first.replyWith(reply);
        try (RunningCase running = RunningCase.start(Mode.SECURED, through(first))) {
            isTurnedAway(running);
        }
    }

    @Test
    void aServerThatIsNotThereIsLikeAnAddressThatFails() throws Exception {
        try (ClosedPort nobody = ClosedPort.reserve();
                RunningCase running = RunningCase.start(
                        Mode.SECURED, builder -> builder.socks5(List.of(Socks5Server.at(nobody.address()))))) {
            isTurnedAway(running);
        }
    }

    @Test
    void aWrongLoginAndAMissingOneAreRefused() throws Exception {
        first.requireLogin("alice", "sesame");
        Socks5Server wrong = Socks5Server.at(first.address()).withLogin("alice", "simsim");
        try (RunningCase running = RunningCase.start(Mode.SECURED, builder -> builder.socks5(List.of(wrong)))) {
            isTurnedAway(running);
        }
        try (RunningCase running = RunningCase.start(Mode.SECURED, through(first))) {
            isTurnedAway(running);
        }
        assertThat(first.requests()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"SILENT", "SILENT_AFTER_REQUEST"})
    void silenceEndsAtTheDeadline(Behaviour behaviour) throws Exception {
        first.behave(behaviour);
        try (RunningCase running = RunningCase.start(
                        Mode.SECURED, builder -> Inject.ticker(through(first).apply(builder), ticker));
                FakeClient client = running.client().connect()) {
            assertThat(first.awaitAccepted(1, LIMIT)).isTrue();
            if (behaviour == Behaviour.SILENT_AFTER_REQUEST) {
                assertThat(first.awaitRequests(1, LIMIT)).isTrue();
            }
            ticker.advance(CONNECT_TIMEOUT.minusSeconds(1));
            assertThat(running.stats().open()).isEqualTo(1);
            ticker.advance(Duration.ofSeconds(2));
            client.readEnd();
            running.await("told", () -> running.events.contains("unreachable 1 2"));
        }
    }

    @Test
    void anotherServerIsUsedWhileOneFailsAndThatAgainLater() throws Exception {
        first.behave(Behaviour.CLOSES_AT_ONCE);
        try (RunningCase running = RunningCase.start(
                Mode.SECURED, builder -> Inject.ticker(through(first, second).apply(builder), ticker))) {
            talk(running);
            assertThat(first.accepted()).isEqualTo(1);
            assertThat(second.requests()).hasSize(1);

            first.behave(Behaviour.NORMAL);
            talk(running);
            assertThat(first.accepted()).as("not even asked").isEqualTo(1);
            assertThat(second.requests()).hasSize(2);

            ticker.advance(Duration.ofMinutes(5).plusSeconds(1));
            talk(running);
            assertThat(first.requests()).hasSize(1);
            assertThat(second.requests()).hasSize(2);
        }
    }

    @Test
    void whereAllServersFailAllAreTriedAgain() throws Exception {
        first.behave(Behaviour.CLOSES_AFTER_METHODS);
        second.replyWith(1);
        try (RunningCase running = RunningCase.start(Mode.SECURED, through(first, second))) {
            for (int clients = 1; clients <= 2; clients++) {
                try (FakeClient client = running.client().connect()) {
                    client.readEnd();
                }
                assertThat(first.accepted()).isEqualTo(clients);
                assertThat(second.requests()).hasSize(clients);
            }
            first.behave(Behaviour.NORMAL);
            talk(running);
        }
    }

    @Test
    void aServerThatCannotReachOneAddressIsUsedForOthers() throws Exception {
        try (FakeTelegram other = FakeTelegram.start();
                RunningCase running = RunningCase.start(
                        Mode.SECURED,
                        builder -> through(first, second)
                                .apply(builder)
                                .telegramDirectory(dc -> List.of(other.address())))) {
            first.refuse(other.address(), 4);
            talk(running);
            talk(running);
            assertThat(first.requests()).as("once is enough").hasSize(1);
            assertThat(second.requests()).hasSize(2);
        }
    }

    @Test
    void theSameServerIsFirstForTheOtherAddress() throws Exception {
        FakeTelegram telegram = FakeTelegram.start();
        try (FakeTelegram other = FakeTelegram.start();
                RunningCase running = RunningCase.startBefore(
                        telegram,
                        Mode.SECURED,
                        builder -> through(first, second)
                                .apply(builder)
                                .telegramDirectory(TelegramDirectory.builtIn()
                                        .withOverrides(Map.of(
                                                2, List.of(telegram.address()), 4, List.of(other.address())))))) {
            first.refuse(telegram.address(), 5);
            talk(running);
            try (FakeClient client = running.client().withDc(4).connect()) {
                assertThat(client.echo(new byte[10])).hasSize(10);
            }
            assertThat(first.requests())
                    .containsExactly(new Request(telegram.address(), false), new Request(other.address(), false));
            assertThat(second.requests()).containsExactly(new Request(telegram.address(), false));
        }
    }

    @Test
    void aSilentServerIsOvertakenAndThenTriedLast() throws Exception {
        first.behave(Behaviour.SILENT);
        try (RunningCase running = RunningCase.start(
                Mode.SECURED, builder -> Inject.ticker(through(first, second).apply(builder), ticker))) {
            try (FakeClient client = running.client().connect()) {
                assertThat(first.awaitAccepted(1, LIMIT)).isTrue();
                assertThat(second.accepted()).isZero();
                ticker.advance(Duration.ofMillis(1_100));
                assertThat(client.echo(new byte[10])).hasSize(10);
            }
            try (FakeClient client = running.client().connect()) {
                assertThat(client.echo(new byte[10])).hasSize(10);
            }
            assertThat(first.accepted()).isEqualTo(1);
            assertThat(second.requests()).hasSize(2);
        }
    }

    @Test
    void namesOfServersAreLookedUpOffTheLoop() throws Exception {
        AtomicReference<String> thread = new AtomicReference<>();
        InetSocketAddress name =
                InetSocketAddress.createUnresolved("socks.test", first.address().getPort());
        try (RunningCase running = RunningCase.start(
                Mode.SECURED,
                builder -> builder.socks5(List.of(Socks5Server.at(name))).hostResolver(host -> {
                    assertThat(host).isEqualTo("socks.test");
                    thread.set(Thread.currentThread().getName());
                    return List.of(first.address().getAddress());
                }))) {
            talk(running);
            assertThat(thread.get()).startsWith("mtg-background");
        }
    }

    @Test
    void aServerWithoutAnAddressIsPassedOver() throws Exception {
        InetSocketAddress unknown = InetSocketAddress.createUnresolved("nowhere.invalid", 1080);
        List<Socks5Server> servers = List.of(Socks5Server.at(unknown), Socks5Server.at(first.address()));
        try (RunningCase running = RunningCase.start(Mode.SECURED, builder -> builder.socks5(servers))) {
            talk(running);
        }
        try (RunningCase running = RunningCase.start(Mode.SECURED, builder -> builder.socks5(servers.subList(0, 1)))) {
            isTurnedAway(running);
        }
    }

    @Test
    void aServerThatIsFoundLateHasItsTurn() throws Exception {
        first.replyWith(1);
        CountDownLatch asked = new CountDownLatch(1);
        InetSocketAddress name = InetSocketAddress.createUnresolved(
                "socks.test", second.address().getPort());
        List<Socks5Server> servers = List.of(Socks5Server.at(name), Socks5Server.at(first.address()));
        try (RunningCase running = RunningCase.start(
                Mode.SECURED,
                builder -> builder.workers(1).socks5(servers).hostResolver(host -> {
                    await(asked);
                    return List.of(second.address().getAddress());
                }))) {
            try (FakeClient client = running.client().connect()) {
                running.events.awaitEvent("unreachable 1 2");
                asked.countDown();
                assertThat(client.echo(new byte[10])).hasSize(10);
            } finally {
                asked.countDown();
            }
            assertThat(first.requests()).hasSize(1);
            assertThat(second.requests()).hasSize(1);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aDeadDnsHoldsClientsUpToTheDeadlineAndBlocksNoLoop() throws Exception {
        CountDownLatch dead = new CountDownLatch(1);
        InetSocketAddress name = InetSocketAddress.createUnresolved("socks.test", 1080);
        try (RunningCase running = RunningCase.start(
                Mode.SECURED,
                builder -> Inject.ticker(builder, ticker)
                        .workers(1)
                        .socks5(List.of(Socks5Server.at(name)))
                        .hostResolver(host -> {
                            await(dead);
                            throw new UnknownHostException(host);
                        }))) {
            try (FakeClient client = running.client().connect()) {
                running.await(
                        "it is let in",
                        () -> running.events.all().stream().anyMatch(event -> event.startsWith("handshake 1")));
                ticker.advance(CONNECT_TIMEOUT.plusSeconds(1));
                client.readEnd();
            } finally {
                dead.countDown();
            }
            running.await("counted", () -> running.closed(CloseReason.TELEGRAM_UNREACHABLE) == 1);
        }
    }

    @Test
    void visitorsOfTheCloakedSiteGoThereDirectly() throws Exception {
        try (RecordingOrigin origin = RecordingOrigin.start();
                RunningCase running = RunningCase.start(
                        Mode.TLS, builder -> through(first).apply(builder).cloakAddress(origin.address()));
                Socket visitor = running.client().openSocket()) {
            byte[] words = "GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            visitor.getOutputStream().write(words);
            assertThat(origin.awaitVisit(0).awaitBytes(words.length)).isEqualTo(words);
            assertThat(first.accepted()).isZero();
        }
    }
}
