package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.LinkCloseReason;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.FakeBootstrap;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.FakeMiddleProxy;
import io.github.mtgjava.testkit.ManualTicker;
import io.github.mtgjava.testkit.MessageClient;
import io.github.mtgjava.testkit.MiddleBehaviour;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients share links, and go on when theirs ends. */
class MovesIT {

    private static final Duration SOON = Duration.ofSeconds(2);

    private static List<MessageClient> clients(AdTagCase running, int count) throws IOException {
        return clients(running, ClientOptions.PADDED, count);
    }

    private static List<MessageClient> clients(AdTagCase running, byte tag, int count) throws IOException {
        List<MessageClient> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            clients.add(running.client(tag));
        }
        return clients;
    }

    private static void echoAll(List<MessageClient> clients) throws IOException {
        for (MessageClient client : clients) {
            client.echo(200);
        }
    }

    private static void closeAll(List<MessageClient> clients) throws IOException {
        for (MessageClient client : clients) {
            client.close();
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.mtgjava.endtoend.MessagesIT#everyTransport")
    void twoHundredClientsNeedFourLinks(Mode mode, byte tag) throws Exception {
        try (AdTagCase running = AdTagCase.start(mode)) {
            List<MessageClient> clients = clients(running, tag, 200);
            echoAll(clients);
            assertThat(running.middle.links()).isEqualTo(4);
            assertThat(running.middle.stood()).isEqualTo(4);
            assertThat(running.middle.mostClients()).isEqualTo(50);
            assertThat(running.links().open()).isEqualTo(4);
            assertThat(running.links().clients()).isEqualTo(200);
            assertThat(running.stats().relaying()).isEqualTo(200);
            closeAll(clients);
            running.await("all sessions are over", () -> running.stats().open() == 0);
            running.awaitMiddle("Telegram knows", () -> running.middle.clients() == 0);
            assertThat(running.links().clients()).isZero();
            assertThat(running.middle.strangersClosed()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void allGoOnWithinTwoSecondsWhenAllLinksEnd(boolean reset) throws Exception {
        try (AdTagCase running = AdTagCase.start(Mode.SECURED)) {
            List<MessageClient> clients = clients(running, 50);
            for (int round = 0; round < 5; round++) {
                echoAll(clients);
                long before = System.nanoTime();
                running.middle.killLinks(reset);
                int ended = round + 1;
                running.await("the links ended", () -> ended(running) == ended);
                echoAll(clients);
                assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SOON);
            }
            assertThat(running.stats().open()).isEqualTo(50);
            assertThat(running.links().moves()).isEqualTo(250);
            closeAll(clients);
        }
    }

    private static long ended(AdTagCase running) {
        return running.links().closed().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @Test
    void aClientThatMovesHasAnotherConnectionId() throws Exception {
        try (AdTagCase running = AdTagCase.start(Mode.SECURED);
                MessageClient client = running.client()) {
            client.echo(4);
            running.middle.killLinks(false);
            running.await("it moved", () -> running.links().moves() == 1);
            client.echo(4);
            List<Long> ids = running.middle.requests().stream()
                    .map(FakeMiddleProxy.Request::connectionId)
                    .toList();
            assertThat(ids).hasSize(2).doesNotHaveDuplicates().doesNotContain(0L);
        }
    }

    @Test
    void theLinkThatAClientHasClosedEndsNobody() throws Exception {
        try (AdTagCase running = AdTagCase.start(Mode.SECURED);
                MessageClient other = running.client();
                MessageClient client = running.client()) {
            other.echo(4);
            client.echo(4);
            client.killLink();
            running.await("both moved", () -> running.links().moves() == 2);
            other.echo(4);
            client.echo(4);
            assertThat(running.stats().closed().values()).containsOnly(0L);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CHECKSUM", "SEQUENCE", "LENGTH"})
    void aBrokenFrameEndsItsLinkAndNoClient(String what) throws Exception {
        try (AdTagCase running = AdTagCase.start(Mode.SECURED)) {
            List<MessageClient> clients = clients(running, 10);
            echoAll(clients);
            running.middle.breakLinks(what);
            running.await("it is noticed", () -> running.links().moves() == 10);
            assertThat(running.links().closed().get(LinkCloseReason.BAD_FRAME)).isEqualTo(1);
            echoAll(clients);
            closeAll(clients);
        }
    }

    /** Half of it is in our memory when its link ends, and the rest goes where the client goes. */
    @Test
    void aMessageThatIsHalfSentWhenTheLinkEndsIsSentOnTheNext() throws Exception {
        try (AdTagCase running = AdTagCase.start(Mode.SIMPLE);
                MessageClient client = running.client(ClientOptions.INTERMEDIATE)) {
            client.echo(4);
            client.sendFirstHalfOfEcho(100_000);
            running.await("half of it is held", () -> running.stats().bufferedBytes() > 0);
            running.middle.killLinks(false);
            running.await("it moved", () -> running.links().moves() == 1);
            client.sendSecondHalfOfEcho();
            client.echo(4);
            running.await("nothing is held", () -> running.stats().bufferedBytes() == 0);
        }
    }

    @Test
    void aSilentMiddleProxyHoldsUpOnlyThoseWhoNeedItsLink() throws Exception {
        ManualTicker ticker = new ManualTicker();
        FakeMiddleProxy good = FakeMiddleProxy.start(FakeMiddleProxy.anySecret());
        try (FakeMiddleProxy other = FakeMiddleProxy.start(FakeMiddleProxy.anySecret())) {
            Map<Integer, List<InetSocketAddress>> dcs = Map.of(2, List.of(good.address()), 3, List.of(other.address()));
            FakeBootstrap site = FakeBootstrap.start(dcs, OptionalInt.of(2));
            try (AdTagCase running = AdTagCase.start(
                    Mode.SECURED,
                    good,
                    site,
                    builder -> builder.ticker(ticker)
                            .middleProxies(AdTagCase.options(site).withMultiplexPerConnection(2)))) {
                List<MessageClient> served = clients(running, 2);
                echoAll(served);
                good.behave(MiddleBehaviour.SILENT);
                List<MessageClient> waiting = clients(running, 5);
                running.await("they wait", () -> running.links().waiting() == 5);
                running.awaitMiddle("as many attempts as they need", () -> good.accepted() == 4);
                echoAll(served);
                try (MessageClient elsewhere = running.client(ClientOptions.PADDED, 3)) {
                    elsewhere.echo(4);
                    ticker.advance(Duration.ofSeconds(9));
                    echoAll(served);
                    elsewhere.echo(4);
                    assertThat(running.links().waiting()).isEqualTo(5);
                    ticker.advance(Duration.ofSeconds(2));
                    for (MessageClient client : waiting) {
                        client.stream().readEnd();
                    }
                    assertThat(running.events.contains("link failed 2 TIMEOUT")).isTrue();
                    echoAll(served);
                    elsewhere.echo(4);
                }
                closeAll(served);
                closeAll(waiting);
                running.await("they are gone", () -> running.closed(CloseReason.TELEGRAM_UNREACHABLE) == 5);
                assertThat(good.accepted()).as("attempts, without a rush").isEqualTo(4);
            }
        }
    }

    @Test
    void aLinkThatDiesWithoutAWordIsFoundOutAndLeft() throws Exception {
        ManualTicker ticker = new ManualTicker();
        try (AdTagCase running = AdTagCase.start(Mode.SECURED, builder -> builder.ticker(ticker))) {
            running.middle.behaveNext(MiddleBehaviour.DEAF);
            try (MessageClient client = running.client()) {
                client.sendUnanswered();
                running.awaitMiddle("it came", () -> running.middle.requested() == 1);
                ticker.advance(Duration.ofSeconds(16));
                running.awaitMiddle("a ping", () -> running.middle.pings() == 1);
                ticker.advance(Duration.ofSeconds(21));
                running.await("it moved", () -> running.links().moves() == 1);
                client.echo(4);
                assertThat(running.links().closed().get(LinkCloseReason.STALLED))
                        .isEqualTo(1);
                for (int i = 0; i < 4; i++) {
                    ticker.advance(Duration.ofSeconds(16));
                    int pings = i + 2;
                    running.awaitMiddle("a ping", () -> running.middle.pings() == pings);
                    client.echo(4);
                }
                assertThat(running.links().open()).isEqualTo(1);
            }
        }
    }

    @Test
    void aMomentsAbsenceOfAMiddleProxyIsOneFailure() throws Exception {
        ManualTicker ticker = new ManualTicker();
        FakeMiddleProxy middle = FakeMiddleProxy.start(FakeMiddleProxy.anySecret());
        FakeBootstrap site = FakeBootstrap.start(Map.of(2, List.of(middle.address())), OptionalInt.of(2));
        try (AdTagCase running = AdTagCase.start(
                Mode.SECURED,
                middle,
                site,
                builder -> builder.ticker(ticker)
                        .middleProxies(AdTagCase.options(site).withMultiplexPerConnection(1)))) {
            List<MessageClient> clients = clients(running, 8);
            echoAll(clients);
            middle.suspend();
            middle.killLinks(false);
            running.await("all links are gone", () -> running.links().open() == 0);
            running.await("attempts fail", () -> failed(running) > 0);
            middle.resume();
            AtomicInteger advanced = new AtomicInteger();
            running.await("all moved", () -> {
                boolean over = running.links().moves() == 8;
                if (!over) {
                    ticker.advance(Duration.ofMillis(50));
                    advanced.addAndGet(50);
                }
                return over;
            });
            assertThat(advanced.get()).as("milliseconds").isLessThan(9_000);
            echoAll(clients);
            closeAll(clients);
        }
    }

    private static long failed(AdTagCase running) {
        return running.links().failed().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    @Test
    void aMiddleProxyThatHangsIsNotTriedAgainByItsClients() throws Exception {
        ManualTicker ticker = new ManualTicker();
        FakeMiddleProxy one = FakeMiddleProxy.start(FakeMiddleProxy.anySecret());
        try (FakeMiddleProxy other = FakeMiddleProxy.start(FakeMiddleProxy.anySecret())) {
            FakeBootstrap site =
                    FakeBootstrap.start(Map.of(2, List.of(one.address(), other.address())), OptionalInt.of(2));
            one.behave(MiddleBehaviour.DEAF);
            other.behave(MiddleBehaviour.DEAF);
            try (AdTagCase running = AdTagCase.start(Mode.SECURED, one, site, builder -> builder.ticker(ticker));
                    MessageClient client = running.client()) {
                running.await("it has a place", () -> running.links().clients() == 1);
                FakeMiddleProxy hung = one.accepted() > 0 ? one : other;
                hung.behave(MiddleBehaviour.SILENT);
                (hung == one ? other : one).behave(MiddleBehaviour.NORMAL);
                ticker.advance(Duration.ofSeconds(16));
                assertThat(hung.await(() -> hung.pings() == 1, AdTagCase.LIMIT)).isTrue();
                ticker.advance(Duration.ofSeconds(21));
                running.await("it moved", () -> running.links().moves() == 1);
                client.echo(4);
                assertThat(hung.accepted()).isEqualTo(1);
            }
        }
    }

    @Test
    void whoComesMeanwhileDoesNotHideThatALinkIsDead() throws Exception {
        ManualTicker ticker = new ManualTicker();
        try (AdTagCase running = AdTagCase.start(Mode.SECURED, builder -> builder.ticker(ticker))) {
            running.middle.behaveNext(MiddleBehaviour.DEAF);
            List<MessageClient> clients = new ArrayList<>();
            clients.add(running.client());
            running.await("it has a place", () -> running.links().clients() == 1);
            ticker.advance(Duration.ofSeconds(16));
            running.awaitMiddle("a ping", () -> running.middle.pings() == 1);
            for (int i = 2; i <= 4; i++) {
                ticker.advance(Duration.ofSeconds(6));
                clients.add(running.client());
                int places = i;
                running.await("it has a place", () -> running.links().clients() == places);
            }
            ticker.advance(Duration.ofSeconds(3));
            running.await("all moved", () -> running.links().moves() == 4);
            echoAll(clients);
            assertThat(stalled(running)).isEqualTo(1);
            closeAll(clients);
        }
    }

    @Test
    void movesDoNotKeepAClientThatHasVanished() throws Exception {
        ManualTicker ticker = new ManualTicker();
        try (AdTagCase running = AdTagCase.start(
                        Mode.SECURED, builder -> builder.ticker(ticker).idleTimeout(Duration.ofMinutes(2)));
                MessageClient vanished = running.client();
                MessageClient neighbour = running.client()) {
            vanished.echo(4);
            for (int minute = 1; minute <= 3; minute++) {
                running.middle.killLinks(true);
                int moves = minute == 3 ? 5 : 2 * minute;
                running.await("all moved", () -> running.links().moves() >= moves);
                neighbour.echo(4);
                ticker.advance(Duration.ofSeconds(61));
                neighbour.echo(4);
            }
            running.await("it is let go", () -> running.closed(CloseReason.IDLE_TIMEOUT) == 1);
            neighbour.echo(4);
        }
    }

    @Test
    void aLinkWithoutClientsServesTheNextOneAndIsClosedAfterAMinute() throws Exception {
        ManualTicker ticker = new ManualTicker();
        try (AdTagCase running = AdTagCase.start(Mode.SECURED, builder -> builder.ticker(ticker))) {
            for (int i = 0; i < 3; i++) {
                try (MessageClient client = running.client()) {
                    client.echo(4);
                }
                int gone = i + 1;
                running.await("it left", () -> running.closed(CloseReason.CLIENT_CLOSED) == gone);
                ticker.advance(Duration.ofSeconds(50));
            }
            assertThat(running.middle.stood()).isEqualTo(1);
            ticker.advance(Duration.ofSeconds(61));
            running.awaitMiddle("it is closed", () -> running.middle.links() == 0);
            running.events.awaitEvent("link closed 2 IDLE 0");
            try (MessageClient client = running.client()) {
                client.echo(4);
            }
            assertThat(running.middle.stood()).isEqualTo(2);
        }
    }

    @Test
    void aLinkThatTakesNothingIsLeftAfterAMinute() throws Exception {
        ManualTicker ticker = new ManualTicker();
        try (AdTagCase running = AdTagCase.start(Mode.SIMPLE, builder -> builder.ticker(ticker))) {
            running.middle.behaveNext(MiddleBehaviour.NOT_READING);
            try (MessageClient flooding = running.client(ClientOptions.INTERMEDIATE);
                    MessageClient other = running.client(ClientOptions.INTERMEDIATE)) {
                running.await("both have a place", () -> running.links().clients() == 2);
                Thread flood = new Thread(() -> flood(flooding));
                flood.setDaemon(true);
                flood.start();
                running.await("the link is full", () -> running.stats().bufferedBytes() > 1 << 20);
                other.sendUnanswered();
                assertThat(running.stats().bufferedBytes()).isLessThan(3 << 20);
                MessageClient late = running.client(ClientOptions.INTERMEDIATE);
                running.await(
                        "it has a place, on the full link",
                        () -> running.links().clients() == 3);
                // In steps that are shorter than what opening the next link may take.
                running.await("it is given up", () -> {
                    boolean givenUp = stalled(running) == 1;
                    ticker.advance(Duration.ofSeconds(givenUp ? 0 : 5));
                    return givenUp;
                });
                running.await("all moved", () -> running.links().moves() == 3);
                other.echo(4);
                late.echo(4);
                assertThat(running.stats().closed().values()).containsOnly(0L);
                late.close();
            }
        }
    }

    private static long stalled(AdTagCase running) {
        Long count = running.links().closed().get(LinkCloseReason.STALLED);
        return count == null ? 0 : count;
    }

    /** Until somebody closes it. */
    private static void flood(MessageClient client) {
        try {
            while (true) {
                client.sendUnanswered(100_000);
            }
        } catch (IOException closed) {
            assertThat(closed).isNotNull();
        }
    }
}
