package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.Inject;
import io.github.mtgjava.LinkCloseReason;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.FakeMiddleProxy;
import io.github.mtgjava.testkit.ManualTicker;
import io.github.mtgjava.testkit.MessageClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients share links, and go on when theirs ends. */
class MovesIT {

    private static final Duration SOON = Duration.ofSeconds(2);

    @ParameterizedTest
    @MethodSource("io.github.mtgjava.endtoend.MessagesIT#everyTransport")
    void twoHundredClientsNeedFourLinks(Mode mode, byte tag) throws Exception {
        try (AdTagCase running = AdTagCase.start(mode)) {
            List<MessageClient> clients = Clients.of(running, tag, 200);
            Clients.echo(clients);
            assertThat(running.middle.links()).isEqualTo(4);
            assertThat(running.middle.stood()).isEqualTo(4);
            assertThat(running.middle.mostClients()).isEqualTo(50);
            assertThat(running.links().open()).isEqualTo(4);
            assertThat(running.links().clients()).isEqualTo(200);
            assertThat(running.stats().relaying()).isEqualTo(200);
            Clients.close(clients);
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
            List<MessageClient> clients = Clients.of(running, 50);
            for (int round = 0; round < 5; round++) {
                Clients.echo(clients);
                long before = System.nanoTime();
                running.middle.killLinks(reset);
                int ended = round + 1;
                running.await("the links ended", () -> ended(running) == ended);
                Clients.echo(clients);
                assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(SOON);
            }
            assertThat(running.stats().open()).isEqualTo(50);
            assertThat(running.links().moves()).isEqualTo(250);
            Clients.close(clients);
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
            List<MessageClient> clients = Clients.of(running, 10);
            Clients.echo(clients);
            running.middle.breakLinks(what);
            running.await("it is noticed", () -> running.links().moves() == 10);
            assertThat(running.links().closed().get(LinkCloseReason.BAD_FRAME)).isEqualTo(1);
            Clients.echo(clients);
            Clients.close(clients);
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
    void movesDoNotKeepAClientThatHasVanished() throws Exception {
        ManualTicker ticker = new ManualTicker();
        try (AdTagCase running = AdTagCase.start(
                        Mode.SECURED, builder -> Inject.ticker(builder, ticker).idleTimeout(Duration.ofMinutes(2)));
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
        try (AdTagCase running = AdTagCase.start(Mode.SECURED, builder -> Inject.ticker(builder, ticker))) {
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
}
