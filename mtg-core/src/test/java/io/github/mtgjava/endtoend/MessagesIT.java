package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.FakeMiddleProxy;
import io.github.mtgjava.testkit.MessageClient;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients of every kind talk to a middle proxy, and every byte is checked. */
class MessagesIT {

    private static final int MIB = 1 << 20;

    static Stream<Arguments> everyTransport() {
        return Stream.of(
                Arguments.of(Mode.SIMPLE, ClientOptions.ABRIDGED),
                Arguments.of(Mode.SIMPLE, ClientOptions.INTERMEDIATE),
                Arguments.of(Mode.SIMPLE, ClientOptions.PADDED),
                Arguments.of(Mode.SECURED, ClientOptions.PADDED),
                Arguments.of(Mode.TLS, ClientOptions.PADDED));
    }

    @ParameterizedTest
    @MethodSource("everyTransport")
    void echoesAndTellsTelegramWhoTheClientIs(Mode mode, byte tag) throws Exception {
        try (AdTagCase running = AdTagCase.start(mode)) {
            try (MessageClient client = running.client(tag, -2)) {
                client.echo(4);
                client.echo(1000);
                client.echoTogether(20, 300);
                client.echoWithAck(64);
                client.error();
                client.empty();
                client.reqPq();
                assertThat(running.stats().relaying()).isEqualTo(1);
            }
            running.await("the session is over", () -> running.closed(CloseReason.CLIENT_CLOSED) == 1);
            running.awaitMiddle("told", () -> running.middle.closedByProxy().size() == 1);
            assertThat(running.middle.clients()).isZero();
            List<FakeMiddleProxy.Request> requests = running.middle.requests();
            assertThat(requests).allSatisfy(request -> {
                assertThat(request.adTag()).isEqualTo(AdTagCase.AD_TAG.bytes());
                assertThat(request.ourPort()).isEqualTo(running.proxy.address().getPort());
                assertThat(request.connectionId()).isEqualTo(requests.get(0).connectionId());
            });
            running.events.awaitEvent("link opened -2");
            assertThat(running.events.contains("telegram 1 -2")).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("everyTransport")
    void takesWhatComesWithTheFrame(Mode mode, byte tag) throws Exception {
        try (AdTagCase running = AdTagCase.start(mode);
                MessageClient client = MessageClient.connect(running.options().withFrameJoined(), tag)) {
            client.echoTogether(3, 5_000);
            client.echo(4);
        }
    }

    @ParameterizedTest
    @MethodSource("everyTransport")
    void takesMessagesInPiecesOfEverySize(Mode mode, byte tag) throws Exception {
        try (AdTagCase running = AdTagCase.start(mode);
                MessageClient client = running.client(tag)) {
            for (int piece : new int[] {1, 2, 3, 5, 7, 64}) {
                client.echoInPieces(100, piece);
            }
            client.echoInPieces(200_000, 10_000);
            running.await("nothing is held", () -> running.stats().bufferedBytes() == 0);
        }
    }

    @ParameterizedTest
    @MethodSource("everyTransport")
    void carriesLongMessagesAndBurstsBothWays(Mode mode, byte tag) throws Exception {
        try (AdTagCase running = AdTagCase.start(mode);
                MessageClient client = running.client(tag)) {
            client.echoMessage(MIB - 16);
            client.burst(500, 1000);
            // No more under way than may be held for a client that does not keep up for a moment.
            for (int i = 0; i < 7; i++) {
                client.burst(3, MIB - 16);
                client.burst(1, 4 * MIB);
            }
            client.echoTogether(50, 20_000);
        }
    }
}
