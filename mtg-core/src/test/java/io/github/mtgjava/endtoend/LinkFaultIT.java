package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.Inject;
import io.github.mtgjava.LinkFailureReason;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.FakeBootstrap;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.FakeMiddleProxy;
import io.github.mtgjava.testkit.ManualTicker;
import io.github.mtgjava.testkit.MessageClient;
import io.github.mtgjava.testkit.MiddleBehaviour;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Middle proxies and clients that do what they should not, and what becomes of everybody else. */
class LinkFaultIT {

    @ParameterizedTest
    @EnumSource(names = {"PADDED_NONCE", "ONE_BYTE_SEGMENTS", "PADDING_FIRST"})
    void understandsMiddleProxiesOfEveryKind(MiddleBehaviour behaviour) throws Exception {
        try (AdTagCase running = AdTagCase.start(Mode.SECURED)) {
            running.middle.behave(behaviour);
            try (MessageClient client = running.client()) {
                client.echo(4);
                client.echo(3000);
                client.burst(20, 100);
                client.echoWithAck(12);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CLOSES, CLOSED",
        "CLOSES_AFTER_NONCE, CLOSED",
        "WRONG_SELECTOR, WRONG_SECRET",
        "WRONG_SCHEMA, NO_ENCRYPTION",
        "FAST_CLOCK, CLOCK",
        "BAD_NONCE, GARBAGE",
        "HANDSHAKE_ERROR, REFUSED",
        "WRONG_PEER, WRONG_PEER",
        "GARBAGE, KEYS"
    })
    void aFailedHandshakeEndsThoseWhoWaitedForItAndNobodyElse(MiddleBehaviour behaviour, LinkFailureReason failure)
            throws Exception {
        try (AdTagCase running = AdTagCase.startWithLinks(Mode.SECURED, 1)) {
            try (MessageClient served = running.client()) {
                served.echo(4);
                running.middle.behaveNext(behaviour);
                try (MessageClient unlucky = running.client()) {
                    unlucky.stream().readEnd();
                }
                running.events.awaitEvent("link failed 2 " + failure);
                running.await("counted", () -> running.closed(CloseReason.TELEGRAM_UNREACHABLE) == 1);
                assertThat(running.links().failed().get(failure)).isEqualTo(1);
                served.echo(4);
                // The next one waits out the back-off and is served.
                try (MessageClient next = running.client()) {
                    next.echo(4);
                }
            }
        }
    }

    @Test
    void afterFailuresItIsTriedLessAndLess() throws Exception {
        ManualTicker ticker = new ManualTicker();
        try (AdTagCase running = AdTagCase.start(Mode.SECURED, builder -> Inject.ticker(builder, ticker))) {
            running.middle.behave(MiddleBehaviour.CLOSES);
            try (MessageClient first = running.client()) {
                first.stream().readEnd();
            }
            int[] millis = {500, 1_000, 2_000, 4_000, 8_000, 16_000};
            for (int failures = 1; failures <= millis.length; failures++) {
                int before = running.middle.accepted();
                assertThat(before).isEqualTo(failures);
                try (MessageClient next = running.client()) {
                    running.await("it waits", () -> running.links().waiting() == 1);
                    ticker.advance(Duration.ofMillis(millis[failures - 1] * 8 / 10));
                    assertThat(running.middle.accepted()).isEqualTo(before);
                    ticker.advance(Duration.ofMillis(millis[failures - 1] * 2 / 10 + 300));
                    next.stream().readEnd();
                    assertThat(running.middle.accepted()).isEqualTo(before + 1);
                }
            }
            // Half a minute is longer than anybody is made to wait.
            try (MessageClient last = running.client()) {
                last.stream().readEnd();
            }
            ticker.advance(Duration.ofSeconds(31));
            running.middle.behave(MiddleBehaviour.NORMAL);
            try (MessageClient saved = running.client()) {
                saved.echo(4);
            }
        }
    }

    @Test
    void aLinkThatEndsAtOnceIsNotOpenedAgainAtOnce() throws Exception {
        ManualTicker ticker = new ManualTicker();
        try (AdTagCase running = AdTagCase.start(Mode.SECURED, builder -> Inject.ticker(builder, ticker))) {
            running.middle.behave(MiddleBehaviour.STILLBORN);
            try (MessageClient client = running.client()) {
                running.await("it was opened", () -> running.links().opened() == 1);
                running.await("and ended", () -> running.links().open() == 0);
                running.await("it waits", () -> running.links().waiting() == 1);
                ticker.advance(Duration.ofMillis(400));
                assertThat(running.middle.accepted()).isEqualTo(1);
                running.middle.behave(MiddleBehaviour.NORMAL);
                ticker.advance(Duration.ofMillis(400));
                client.echo(4);
            }
        }
    }

    @Test
    void aMiddleProxyThatEndsEveryLinkAtOnceIsNoReasonToWaitForEver() throws Exception {
        ManualTicker ticker = new ManualTicker();
        try (AdTagCase running = AdTagCase.start(Mode.SECURED, builder -> Inject.ticker(builder, ticker))) {
            running.middle.behave(MiddleBehaviour.STILLBORN);
            try (MessageClient client = running.client()) {
                running.await("it waits no more", () -> {
                    boolean over = running.closed(CloseReason.TELEGRAM_UNREACHABLE) == 1;
                    if (!over) {
                        ticker.advanceSeen(Duration.ofMillis(100));
                    }
                    return over;
                });
                client.stream().readEnd();
            }
            assertThat(running.links().opened())
                    .as("at 0, ½, 1½, 3½ and 7½ seconds")
                    .isBetween(2L, 5L);
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.mtgjava.endtoend.MessagesIT#everyTransport")
    void anUnknownDcIsServedByTheDefault(Mode mode, byte tag) throws Exception {
        try (AdTagCase running = AdTagCase.start(mode)) {
            for (int dc : new int[] {7, 0, -3, 10_002}) {
                try (MessageClient client = running.client(tag, dc)) {
                    client.echo(4);
                }
            }
            assertThat(running.events.all())
                    .filteredOn(event -> event.matches("telegram [0-9]+ 2"))
                    .hasSize(4);
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.mtgjava.endtoend.MessagesIT#everyTransport")
    void withoutADefaultAnUnknownDcIsRefused(Mode mode, byte tag) throws Exception {
        FakeMiddleProxy middle = FakeMiddleProxy.start(FakeMiddleProxy.anySecret());
        FakeBootstrap site = FakeBootstrap.start(Map.of(2, List.of(middle.address())), OptionalInt.empty());
        try (AdTagCase running = AdTagCase.start(mode, middle, site, builder -> builder)) {
            try (MessageClient client = running.client(tag, 3)) {
                client.stream().readEnd();
            }
            running.await("counted", () -> running.closed(CloseReason.UNKNOWN_DC) == 1);
            try (MessageClient client = running.client(tag, 2)) {
                client.echo(4);
            }
        }
    }

    @Test
    void fortyOneBytesEndTheirSenderOnly() throws Exception {
        try (AdTagCase running = AdTagCase.start(Mode.SIMPLE);
                MessageClient neighbour = running.client(ClientOptions.INTERMEDIATE)) {
            neighbour.echo(4);
            try (MessageClient client = running.client(ClientOptions.INTERMEDIATE)) {
                client.echo(4);
                client.send(new byte[41], false);
                client.stream().readEnd();
            }
            running.await("counted", () -> running.closed(CloseReason.BAD_PACKET) == 1);
            running.awaitMiddle(
                    "Telegram knows", () -> running.middle.closedByProxy().size() == 1);
            neighbour.echo(4);
            assertThat(running.middle.stood()).isEqualTo(1);
            assertThat(running.links().moves()).isZero();
        }
    }

    @Test
    void aMessageBeyondTheLimitEndsItsSenderOnly() throws Exception {
        try (AdTagCase running = AdTagCase.start(Mode.SIMPLE);
                MessageClient neighbour = running.client(ClientOptions.ABRIDGED)) {
            neighbour.echo(4);
            try (MessageClient client = running.client(ClientOptions.ABRIDGED)) {
                client.echoMessage(1 << 20);
                // Its header is enough.
                client.stream().write(new byte[] {0x7f, 1, 0, 4});
                client.stream().readEnd();
            }
            running.await("counted", () -> running.closed(CloseReason.BAD_PACKET) == 1);
            neighbour.echo(4);
            assertThat(running.middle.stood()).isEqualTo(1);
        }
    }

    @Test
    void payloadsThatAreNotUnderstoodAreSkipped() throws Exception {
        try (AdTagCase running = AdTagCase.start(Mode.SECURED);
                MessageClient client = running.client()) {
            client.echo(4);
            for (String payload : List.of(
                    "deadbeef0000000000000000",
                    "0dda0344",
                    "0dda034400000000d2e39a2d",
                    "9b40ac3bd2e39a2d214deac7",
                    "a234b65ed2e39a2d",
                    "dfa23057",
                    "a7ea30840000000000000000")) {
                running.middle.sendRaw(HexFormat.of().parseHex(payload));
            }
            client.echo(4);
            assertThat(running.middle.stood()).isEqualTo(1);
        }
    }

    @Test
    void answersPings() throws Exception {
        try (AdTagCase running = AdTagCase.start(Mode.SECURED);
                MessageClient client = running.client()) {
            client.echo(4);
            running.middle.ping(12345);
            running.awaitMiddle("a pong", () -> running.middle.pongs().contains(12345L));
        }
    }

    @Test
    void endsAClientThatTelegramIsDoneWithAfterItsTail() throws Exception {
        try (AdTagCase running = AdTagCase.start(Mode.TLS);
                MessageClient neighbour = running.client()) {
            neighbour.echo(4);
            try (MessageClient client = running.client()) {
                client.burstToEnd(300, 10_000);
            }
            running.await("counted", () -> running.closed(CloseReason.TELEGRAM_CLOSED) == 1);
            neighbour.echo(4);
            assertThat(running.middle.closedByProxy())
                    .as("Telegram knows already")
                    .isEmpty();
            assertThat(running.links().clients()).isEqualTo(1);
        }
    }

    @Test
    void tellsTelegramOnceInASecondThatAClientIsGone() throws Exception {
        ManualTicker ticker = new ManualTicker();
        try (AdTagCase running = AdTagCase.start(Mode.SECURED, builder -> Inject.ticker(builder, ticker));
                MessageClient client = running.client()) {
            client.echo(4);
            for (int i = 0; i < 5; i++) {
                running.middle.answer(4711, new byte[8]);
            }
            client.echo(4);
            running.awaitMiddle("told", () -> running.middle.strangersClosed() == 1);
            client.echo(4);
            assertThat(running.middle.strangersClosed()).isEqualTo(1);
            ticker.advance(Duration.ofMillis(1_100));
            running.middle.answer(4711, new byte[8]);
            running.awaitMiddle("told again", () -> running.middle.strangersClosed() == 2);
        }
    }
}
