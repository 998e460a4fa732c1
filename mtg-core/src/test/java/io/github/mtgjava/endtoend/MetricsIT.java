package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.Inject;
import io.github.mtgjava.IpFamily;
import io.github.mtgjava.Transport;
import io.github.mtgjava.endtoend.EveryEvent.Event;
import io.github.mtgjava.testkit.ClosedPort;
import io.github.mtgjava.testkit.FakeClient;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.FakeTelegram;
import io.github.mtgjava.testkit.ManualTicker;
import io.github.mtgjava.transport.obfuscated2.ProtocolTag;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections and how long they take move the meters that are named after them. */
class MetricsIT {

    private final Meters meters = new Meters();

    private RunningCase start(Mode mode) throws IOException {
        return RunningCase.start(mode, builder -> builder.addObserver(meters.observer()));
    }

    static Stream<Arguments> kindsOfClients() {
        return Stream.of(Transport.values())
                .flatMap(tag -> Stream.of(IpFamily.values()).map(family -> Arguments.of(tag, family)));
    }

    @ParameterizedTest
    @MethodSource("kindsOfClients")
    void aClientIsCountedByTransportAndFamilyWhileItIsOpen(Transport transport, IpFamily family) throws Exception {
        InetSocketAddress bind = Loopback.anyPort(family);
        String word = switch (transport) {
            case ABRIDGED -> "abridged";
            case INTERMEDIATE -> "intermediate";
            case PADDED_INTERMEDIATE -> "secured";
        };
        try (RunningCase running = RunningCase.start(
                Mode.SIMPLE, builder -> builder.addObserver(meters.observer()).bind(bind))) {
            assertThat(meters.total("connections")).isZero();
            try (FakeClient client = running.client()
                    .withTag(ProtocolTag.valueOf(transport.name()).wireByte())
                    .connect()) {
                client.echo(new byte[1]);
                assertThat(meters.value("connections", "type", word, "protocol", Meters.word(family)))
                        .isEqualTo(1);
                assertThat(meters.total("connections")).isEqualTo(1);
            }
            running.await("it is gone", () -> meters.total("connections") == 0);
        }
    }

    @Test
    void whoIsNotLetInIsNoClient() throws Exception {
        try (RunningCase running = start(Mode.SECURED);
                Socket stranger = running.client().openSocket()) {
            stranger.getOutputStream().write(new byte[64]);
            running.events.awaitEvent("refused 1 BAD_FRAME");
            assertThat(meters.value("open_connections")).isEqualTo(1);
            assertThat(meters.total("connections")).isZero();
            assertThat(meters.value("handshake")).isZero();
        }
    }

    static Stream<Arguments> kindsOfTelegram() {
        return Stream.of(
                        Arguments.of(1, "1"),
                        Arguments.of(2, "2"),
                        Arguments.of(-2, "2"),
                        Arguments.of(3, "3"),
                        Arguments.of(4, "4"),
                        Arguments.of(-4, "4"),
                        Arguments.of(5, "5"),
                        Arguments.of(203, "203"),
                        Arguments.of(-203, "203"),
                        Arguments.of(6, "other"),
                        Arguments.of(10_002, "other"))
                .flatMap(dc ->
                        Stream.of(IpFamily.values()).map(family -> Arguments.of(dc.get()[0], dc.get()[1], family)));
    }

    @ParameterizedTest
    @MethodSource("kindsOfTelegram")
    void aConnectionToTelegramIsCountedByDcAndFamilyWhileItIsOpen(int dc, String word, IpFamily family)
            throws Exception {
        FakeTelegram telegram = FakeTelegram.start(Loopback.of(family));
        try (RunningCase running = RunningCase.startBefore(
                telegram,
                Mode.SECURED,
                builder ->
                        builder.addObserver(meters.observer()).telegramDirectory(any -> List.of(telegram.address())))) {
            assertThat(meters.total("telegram_connections")).isZero();
            try (FakeClient client = running.client().withDc(dc).connect()) {
                client.echo(new byte[1]);
                assertThat(meters.value("telegram_connections", "dc", word, "protocol", Meters.word(family)))
                        .isEqualTo(1);
                assertThat(meters.total("telegram_connections")).isEqualTo(1);
                assertThat(meters.value("telegram_connect", "outcome", "connected", "protocol", Meters.word(family)))
                        .isEqualTo(1);
                assertThat(meters.total("telegram_connect")).isEqualTo(1);
            }
            running.await("it is gone", () -> meters.total("telegram_connections") == 0);
        }
    }

    @ParameterizedTest
    @EnumSource(IpFamily.class)
    void anAddressThatDoesNotAnswerIsCountedByFamily(IpFamily family) throws Exception {
        try (ClosedPort nobody = ClosedPort.reserve(Loopback.of(family));
                RunningCase running = RunningCase.start(
                        Mode.SECURED,
                        builder -> builder.addObserver(meters.observer())
                                .telegramDirectory(dc -> List.of(nobody.address(), nobody.address())));
                FakeClient client = running.client().connect()) {
            client.readEnd();
            assertThat(meters.value("telegram_connect", "outcome", "failed", "protocol", Meters.word(family)))
                    .isEqualTo(2);
            assertThat(meters.total("telegram_connect")).isEqualTo(2);
            assertThat(meters.total("telegram_connections")).isZero();
        }
    }

    @Test
    void everyConnectionIsAcceptedOnceAndOpenForAWhile() throws Exception {
        try (RunningCase running = start(Mode.SECURED)) {
            List<Socket> sockets = new ArrayList<>();
            for (int i = 1; i <= 5; i++) {
                int count = i;
                sockets.add(running.client().openSocket());
                running.await("it is open", () -> meters.value("open_connections") == count);
                assertThat(meters.value("accepted")).isEqualTo(count);
            }
            for (Socket socket : sockets) {
                socket.close();
            }
            running.await("none is open", () -> meters.value("open_connections") == 0);
            assertThat(meters.value("accepted")).isEqualTo(5);
            assertThat(meters.total("closed")).isEqualTo(5);
        }
    }

    @Test
    void handshakesAndSessionsTakeAsLongAsTheyTake() throws Exception {
        ManualTicker ticker = new ManualTicker();
        try (RunningCase running = RunningCase.start(
                Mode.SECURED, builder -> Inject.ticker(builder, ticker).addObserver(meters.observer()))) {
            try (Socket socket = running.client().openSocket()) {
                running.events.awaitEvent("accepted 1");
                ticker.advance(Duration.ofSeconds(3));
                socket.getOutputStream().write(running.client().frame());
                running.await("it is let in", () -> meters.total("telegram_connections") == 1);
                assertThat(meters.value("handshake")).isEqualTo(1);
                assertThat(meters.time("handshake")).isEqualTo(Duration.ofSeconds(3));
                assertThat(meters.value("session")).isZero();
                ticker.advance(Duration.ofSeconds(60));
            }
            running.await("it is over", () -> meters.value("session") == 1);
            assertThat(meters.time("session")).isEqualTo(Duration.ofSeconds(63));
            assertThat(meters.value("handshake")).isEqualTo(1);
        }
    }

    @Test
    void whoLeavesBeforeBeingLetInHadNoSession() throws Exception {
        // Told after the meters, as observers are told in the order in which they are given.
        List<Event> told = new CopyOnWriteArrayList<>();
        try (RunningCase running = RunningCase.start(
                Mode.SECURED,
                builder -> builder.addObserver(meters.observer()).addObserver(EveryEvent.to(told::add)))) {
            Socket socket = running.client().openSocket();
            running.events.awaitEvent("accepted 1");
            socket.setSoLinger(true, 0);
            socket.close();
            running.await(
                    "it is over",
                    () -> told.stream().anyMatch(event -> event.name().equals("closed")));
            assertThat(meters.value("closed", "reason", "client_reset")).isEqualTo(1);
            assertThat(meters.value("session")).isZero();
        }
    }
}
