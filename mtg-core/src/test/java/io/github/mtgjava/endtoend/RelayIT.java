package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.FakeClient;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.HelloStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients of every kind talk to Telegram through the proxy, and every byte is checked. */
class RelayIT {

    private static final long MIB = 1 << 20;

    static Stream<Arguments> everyTransport() {
        List<Arguments> all = new ArrayList<>();
        for (boolean passThrough : new boolean[] {true, false}) {
            for (byte tag : new byte[] {ClientOptions.ABRIDGED, ClientOptions.INTERMEDIATE, ClientOptions.PADDED}) {
                all.add(Arguments.of(Mode.SIMPLE, tag, passThrough));
            }
            all.add(Arguments.of(Mode.SECURED, ClientOptions.PADDED, passThrough));
            all.add(Arguments.of(Mode.TLS, ClientOptions.PADDED, passThrough));
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("everyTransport")
    void echoesAndTellsTelegramWhatTheClientWants(Mode mode, byte tag, boolean passThrough) throws Exception {
        try (RunningCase running = RunningCase.start(mode, builder -> builder.passThrough(passThrough))) {
            try (FakeClient client = running.client().withTag(tag).withDc(-2).connect()) {
                assertThat(client.echo(new byte[] {42})).containsExactly(42);
                assertThat(client.echo(new byte[50_000])).hasSize(50_000);
                assertThat(running.stats().relaying()).isEqualTo(1);
            }
            running.await("the session is over", () -> running.closed(CloseReason.CLIENT_CLOSED) == 1);
            assertThat(running.telegram.frames().get(0).tag()).isEqualTo(tag);
            assertThat(running.telegram.frames().get(0).signedDc()).isEqualTo(-2);
            assertThat(running.telegram.awaitOpen(0, RunningCase.LIMIT)).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("everyTransport")
    void takesWhatComesWithTheFrame(Mode mode, byte tag, boolean passThrough) throws Exception {
        try (RunningCase running = RunningCase.start(mode, builder -> builder.passThrough(passThrough));
                FakeClient client =
                        running.client().withTag(tag).withFrameJoined().connect()) {
            client.download(100_000, 7);
        }
    }

    @ParameterizedTest
    @MethodSource("everyTransport")
    void carriesBulkDownUpAndBothAtOnce(Mode mode, byte tag, boolean passThrough) throws Exception {
        try (RunningCase running = RunningCase.start(mode, builder -> builder.passThrough(passThrough))) {
            ClientOptions options = running.client().withTag(tag);
            try (FakeClient client = options.connect()) {
                client.download(64 * MIB, 1);
            }
            try (FakeClient client = options.connect()) {
                client.upload(64 * MIB, 2);
            }
            try (FakeClient client = options.connect()) {
                client.both(64 * MIB, 64 * MIB, 3);
            }
            running.await("all sessions are over", () -> running.stats().open() == 0);
            assertThat(running.stats().bytesToClients()).isGreaterThanOrEqualTo(128 * MIB);
            assertThat(running.stats().bytesFromClients()).isGreaterThanOrEqualTo(128 * MIB);
            assertThat(running.stats().bufferedBytes()).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("everyTransport")
    void telegramAnswersTheFirstRequestOfAKeyExchange(Mode mode, byte tag, boolean passThrough) throws Exception {
        try (RunningCase running = RunningCase.startMtproto(mode, builder -> builder.passThrough(passThrough));
                FakeClient client = running.client().withTag(tag).connect()) {
            client.reqPq();
            client.reqPq();
        }
    }

    static Stream<Arguments> everyHello() {
        return Stream.of(HelloStyle.values())
                .flatMap(style -> Stream.of(1, 2, 3, 16).map(records -> Arguments.of(style, records)));
    }

    @ParameterizedTest
    @MethodSource("everyHello")
    void acceptsHellosOfEveryShape(HelloStyle style, int records) throws Exception {
        try (RunningCase running = RunningCase.start(Mode.TLS);
                FakeClient client = running.client()
                        .withHello(style)
                        .withHelloRecords(records)
                        .connect()) {
            assertThat(client.echo(new byte[100])).hasSize(100);
        }
    }
}
