package io.github.mtgjava.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.FakeTelegram.Behaviour;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** All fakes together, through a reference proxy. */
@Timeout(60)
class EndToEndTest {
    private static final byte[] KEY = PatternStream.bytes(1, 16);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final int MEGABYTE = 1 << 20;

    /** Runs against a DC and a proxy in front of it; closing both reports what went wrong on their side. */
    private interface Scenario {
        void run(FakeTelegram telegram, ClientOptions options) throws IOException;
    }

    static Stream<Arguments> modesAndTags() {
        return Stream.of(Mode.values())
                .flatMap(mode -> Stream.of(ClientOptions.ABRIDGED, ClientOptions.INTERMEDIATE, ClientOptions.PADDED)
                        .map(tag -> Arguments.of(mode, tag)));
    }

    private static void play(Mode mode, Behaviour behaviour, Scenario scenario) throws IOException {
        try (FakeTelegram telegram = FakeTelegram.start(behaviour);
                ReferenceProxy proxy = ReferenceProxy.start(mode, KEY, telegram.address())) {
            scenario.run(telegram, ClientOptions.of(mode, proxy.address(), KEY, "origin.test"));
        }
    }

    private static void play(Mode mode, Scenario scenario) throws IOException {
        play(mode, Behaviour.COMMANDS, scenario);
    }

    @ParameterizedTest
    @MethodSource("modesAndTags")
    void echoesInEveryModeWithEveryTag(Mode mode, byte tag) throws IOException {
        byte[] bytes = PatternStream.bytes(2, 100_000);
        play(mode, (telegram, options) -> {
            try (FakeClient client = options.withTag(tag).withDc(-4).connect()) {
                assertThat(client.echo(bytes)).isEqualTo(bytes);
                assertThat(client.echo(bytes)).isEqualTo(bytes);
                client.shutdownOutput();
                client.readEnd();
            }
            assertThat(telegram.frames()).singleElement().satisfies(frame -> {
                assertThat(frame.tag()).isEqualTo(tag);
                assertThat(frame.signedDc()).isEqualTo(-4);
                assertThat(frame.wire()).hasSize(64);
            });
            assertThat(telegram.awaitOpen(0, SOON)).isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("modesAndTags")
    void exchangesPqInEveryModeWithEveryTag(Mode mode, byte tag) throws IOException {
        play(mode, Behaviour.MTPROTO, (telegram, options) -> {
            try (FakeClient client = options.withTag(tag).connect()) {
                for (int i = 0; i < 20; i++) {
                    client.reqPq();
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void movesMegabytesInEveryDirection(Mode mode) throws IOException {
        play(mode, (telegram, options) -> {
            try (FakeClient client = options.connect()) {
                client.download(5 * MEGABYTE + 3, 7);
            }
            try (FakeClient client = options.connect()) {
                client.upload(5 * MEGABYTE + 5, 8);
            }
            try (FakeClient client = options.connect()) {
                client.both(5 * MEGABYTE + 1, 4 * MEGABYTE, 9);
            }
            try (FakeClient client = options.connect()) {
                client.downloadToEnd(MEGABYTE + 1, 10);
            }
        });
    }

    @Test
    void acceptsEitherHelloInOneOrManyRecords() throws IOException {
        play(Mode.TLS, (telegram, options) -> {
            for (HelloStyle style : HelloStyle.values()) {
                for (int records : new int[] {1, 2, 16}) {
                    try (FakeClient client =
                            options.withHello(style).withHelloRecords(records).connect()) {
                        assertThat(client.echo(new byte[] {1, 2, 3})).containsExactly(1, 2, 3);
                    }
                }
            }
        });
    }

    @Test
    void noticesCorruptedPayload() throws IOException {
        play(Mode.SIMPLE, (telegram, options) -> {
            try (FakeClient client = options.connect()) {
                client.send(Command.source(1000, 1));
                assertThatThrownBy(() -> client.receive(1000, 2)).isInstanceOf(AssertionError.class);
            }
            try (FakeClient client = options.connect()) {
                client.send(Command.sink(1000, 1));
                client.transmit(1000, 2);
                assertThat(client.readFully(1)).containsExactly('x');
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void endsAsCommanded(Mode mode) throws IOException {
        play(mode, (telegram, options) -> {
            try (FakeClient client = options.connect()) {
                client.send(Command.close());
                client.readEnd();
            }
            try (FakeClient client = options.connect()) {
                client.send(Command.reset());
                assertThatThrownBy(client::readEnd).isInstanceOf(IOException.class);
            }
        });
    }

    @Test
    void discardsWhatAHeldClientWroteOnceReleased() throws IOException {
        play(Mode.TLS, (telegram, options) -> {
            try (FakeClient client = options.connect()) {
                client.send(Command.hold());
                FutureTask<Boolean> upload = new FutureTask<>(() -> {
                    client.transmit(32 * MEGABYTE, 1);
                    client.shutdownOutput();
                    return true;
                });
                new Thread(upload).start();
                assertThat(telegram.awaitFrames(1, SOON)).isTrue();
                assertThat(upload.isDone()).isFalse();
                telegram.releaseHeld();
                client.readEnd();
                assertThat(upload).succeedsWithin(SOON);
            }
        });
    }

    @Test
    void refusesAFlightMadeWithAnotherKey() throws IOException {
        byte[] otherKey = PatternStream.bytes(2, 16);
        try (FakeTelegram telegram = FakeTelegram.start()) {
            ReferenceProxy proxy = ReferenceProxy.start(Mode.TLS, otherKey, telegram.address());
            ClientOptions options = ClientOptions.tls(proxy.address(), KEY, "origin.test");
            assertThatThrownBy(options::connect).isInstanceOf(IOException.class);
            assertThatThrownBy(proxy::close)
                    .isInstanceOf(AssertionError.class)
                    .hasRootCauseMessage("the hello's digest is wrong");
        }
    }

    @Test
    void resetsAndRepeatsWithASeed() throws IOException {
        play(Mode.TLS, (telegram, options) -> {
            ClientOptions seeded = options.withSeed(5).withClock(() -> 1_750_000_000);
            assertThat(seeded.clientHello()).isEqualTo(seeded.clientHello());
            assertThat(seeded.frame()).isEqualTo(seeded.frame());
            assertThat(options.clientHello()).isNotEqualTo(options.clientHello());
            try (FakeClient client = seeded.connect()) {
                client.echo(new byte[] {1});
                client.reset();
            }
            assertThat(telegram.awaitOpen(0, SOON)).isTrue();
        });
    }

    @Test
    void keepsFiveHundredConnectionsOpen() throws IOException {
        play(Mode.SECURED, (telegram, options) -> {
            List<FakeClient> clients = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                FakeClient client = options.connect();
                clients.add(client);
                client.send(Command.echo());
            }
            assertThat(telegram.awaitOpen(500, SOON)).isTrue();
            for (FakeClient client : clients) {
                client.write(new byte[] {42});
                assertThat(client.readFully(1)).containsExactly(42);
                client.close();
            }
            assertThat(telegram.awaitOpen(0, SOON)).isTrue();
            assertThat(telegram.accepted()).isEqualTo(500);
        });
    }
}
