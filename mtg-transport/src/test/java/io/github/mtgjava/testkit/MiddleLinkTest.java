package io.github.mtgjava.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a {@link FakeMiddleProxy} does to a link that has nothing in common with the product's. */
@Timeout(60)
class MiddleLinkTest {

    private static final byte[] EIGHT = PatternStream.bytes(8, 8);

    private FakeMiddleProxy middle;

    @BeforeEach
    void start() throws IOException {
        middle = FakeMiddleProxy.start(FakeMiddleProxy.anySecret());
    }

    @AfterEach
    void close() {
        middle.close();
    }

    private void await(BooleanSupplier condition) {
        assertThat(middle.await(condition, Monitor.LIMIT)).isTrue();
    }

    /** Expects that what was sent is an error, and has the fake closed by that. */
    private void expectUnhealthy(String what) throws IOException {
        await(() -> middle.connections() == 0);
        assertThatThrownBy(middle::assertHealthy)
                .isInstanceOf(AssertionError.class)
                .hasStackTraceContaining(what);
        FakeMiddleProxy unhealthy = middle;
        assertThatThrownBy(unhealthy::close).isInstanceOf(AssertionError.class);
        start();
    }

    @ParameterizedTest
    @EnumSource(names = {"NORMAL", "PADDED_NONCE", "ONE_BYTE_SEGMENTS", "PADDING_FIRST"})
    void obeysEveryCommand(MiddleBehaviour behaviour) throws IOException {
        middle.behave(behaviour);
        try (ReferenceLink link = ReferenceLink.open(middle)) {
            link.send(1, MiddleCommand.echo(EIGHT));
            assertThat(link.receive(1)).isEqualTo(EIGHT);
            link.send(2, MiddleCommand.burst(20, 100, 5));
            for (int i = 0; i < 20; i++) {
                assertThat(link.receive(2)).isEqualTo(MiddleCommand.burstAnswer(i, 100, 5));
            }
            link.send(1, MiddleCommand.sink(1000, 6));
            assertThat(link.receive(1)).isEqualTo(MiddleCommand.verdict(true));
            link.send(1, MiddleCommand.sink(1000, 6).withPayload(new byte[1000]));
            assertThat(link.receive(1)).isEqualTo(MiddleCommand.verdict(false));
            link.send(1, MiddleCommand.mute());
            link.send(1, MiddleCommand.error());
            assertThat(link.receive(1)).containsExactly(0x6c, 0xfe, 0xff, 0xff);
            link.send(1, MiddleCommand.empty());
            assertThat(link.receive(1)).isEmpty();
            assertThat(link.receive(1)).hasSize(4);
        }
    }

    @Test
    void answersAnUnencryptedMessage() throws IOException {
        byte[] nonce = PatternStream.bytes(1, PqExchange.NONCE_LENGTH);
        // With the whole words that a padding client leaves behind.
        byte[] request = PqExchange.request(nonce, new Random(1));
        byte[] padded = ByteBuffer.allocate(request.length + 12).put(request).array();
        try (ReferenceLink link = ReferenceLink.open(middle)) {
            link.frames().write(ReferenceLink.request(9, ReferenceLink.INTERMEDIATE, padded));
            PqExchange.verify(link.receive(9), nonce);
        }
        assertThat(middle.requests().get(0).flags()).isEqualTo(0x2002100a);
    }

    @Test
    void acknowledgesQuicklyWhateverTheClientPaddedWith() throws IOException {
        byte[] message = MiddleCommand.echo(EIGHT).encode();
        byte[] padded = ByteBuffer.allocate(message.length + 8)
                .put(message)
                .putInt(1)
                .putInt(2)
                .array();
        try (ReferenceLink link = ReferenceLink.open(middle)) {
            for (byte[] sent : List.of(message, padded)) {
                int flags = ReferenceLink.INTERMEDIATE | MiddleRequest.QUICK_ACK;
                link.frames().write(ReferenceLink.request(3, flags, sent));
                ByteBuffer ack = MiddleFrames.little(link.read());
                assertThat(ack.remaining()).isEqualTo(16);
                assertThat(ack.getInt()).isEqualTo(ReferenceLink.SIMPLE_ACK);
                assertThat(ack.getLong()).isEqualTo(3);
                assertThat(ack.getInt()).isNegative().isEqualTo(MiddleCommand.confirm(message));
                assertThat(link.receive(3)).isEqualTo(EIGHT);
            }
        }
        byte[] other = MiddleCommand.echo(PatternStream.bytes(9, 8)).encode();
        assertThat(MiddleCommand.confirm(other)).isNotEqualTo(MiddleCommand.confirm(message));
    }

    @Test
    void endsAClientBehindItsAnswers() throws IOException {
        try (ReferenceLink link = ReferenceLink.open(middle)) {
            link.send(1, MiddleCommand.echo(EIGHT));
            link.receive(1);
            link.send(4, MiddleCommand.burstAndClose(2, 64, 5));
            assertThat(link.receive(4)).hasSize(64);
            assertThat(link.receive(4)).hasSize(64);
            assertThat(link.read()).isEqualTo(ReferenceLink.withId(ReferenceLink.CLOSE_EXT, 4));
            // What was on its way is no error, and does not bring the client back.
            link.send(4, MiddleCommand.mute());
            await(() -> middle.requested() == 3);
            assertThat(middle.clientsOf(1)).containsExactly(1L);
        }
    }

    @Test
    void knowsWhoIsOnWhichLink() throws IOException {
        try (ReferenceLink first = ReferenceLink.open(middle);
                ReferenceLink second = ReferenceLink.open(middle)) {
            first.send(1, MiddleCommand.mute());
            first.send(2, MiddleCommand.mute());
            second.send(3, MiddleCommand.mute());
            await(() -> middle.clients() == 3);
            assertThat(middle.clientsOf(1)).containsExactlyInAnyOrder(1L, 2L);
            assertThat(middle.clientsOf(2)).containsExactly(3L);
            assertThat(middle.mostClients()).isEqualTo(2);
            first.frames().write(ReferenceLink.withId(ReferenceLink.CLOSE_CONN, 1));
            await(() -> middle.clients() == 2);
            assertThat(middle.closedByProxy()).containsExactly(1L);
            assertThat(middle.strangersClosed()).isZero();
            first.frames().write(ReferenceLink.withId(ReferenceLink.CLOSE_CONN, 77));
            await(() -> middle.strangersClosed() == 1);
        }
        await(() -> middle.links() == 0);
        assertThat(middle.clients()).isZero();
        assertThat(middle.clientsOf(1)).isEmpty();
        assertThat(middle.stood()).isEqualTo(2);
    }

    @Test
    void keepsRequestsOnlyWhileItIsToRecord() throws IOException {
        try (ReferenceLink link = ReferenceLink.open(middle)) {
            link.send(1, MiddleCommand.mute());
            await(() -> middle.requested() == 1);
            middle.recording(false);
            link.send(2, MiddleCommand.mute());
            await(() -> middle.requested() == 2);
            assertThat(middle.requests()).hasSize(1);
        }
    }

    @Test
    void pingsAndAnswersPings() throws IOException {
        try (ReferenceLink link = ReferenceLink.open(middle)) {
            await(() -> middle.links() == 1);
            middle.ping(5);
            assertThat(link.read()).isEqualTo(ReferenceLink.withId(ReferenceLink.PING, 5));
            link.frames().write(ReferenceLink.withId(ReferenceLink.PONG, 5));
            await(() -> middle.pongs().contains(5L));
            link.frames().write(ReferenceLink.withId(ReferenceLink.PING, 6));
            assertThat(link.read()).isEqualTo(ReferenceLink.withId(ReferenceLink.PONG, 6));
            assertThat(middle.pings()).isEqualTo(1);
        }
    }

    @Test
    void closesALinkThatIsToDie() throws IOException {
        try (ReferenceLink link = ReferenceLink.open(middle)) {
            link.send(1, MiddleCommand.die());
            assertThat(link.ends()).isTrue();
        }
    }

    @Test
    void killsOneLinkOrAll() throws IOException {
        try (ReferenceLink first = ReferenceLink.open(middle);
                ReferenceLink second = ReferenceLink.open(middle);
                ReferenceLink third = ReferenceLink.open(middle)) {
            await(() -> middle.links() == 3);
            middle.killLink(2, false);
            assertThat(second.ends()).isTrue();
            await(() -> middle.links() == 2);
            middle.killLink(2, false);
            third.send(1, MiddleCommand.echo(EIGHT));
            assertThat(third.receive(1)).isEqualTo(EIGHT);
            middle.killLinks(true);
            assertThatThrownBy(first::ends).isInstanceOf(IOException.class).hasMessageContaining("reset");
            await(() -> middle.links() == 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"CHECKSUM, a wrong checksum", "SEQUENCE, out of sequence", "LENGTH, a frame of 45 bytes"})
    void breaksLinksAsItIsTold(String what, String seen) throws IOException {
        try (ReferenceLink link = ReferenceLink.open(middle)) {
            await(() -> middle.links() == 1);
            middle.breakLinks(what);
            assertThatThrownBy(link::read).isInstanceOf(AssertionError.class).hasMessageContaining(seen);
        }
    }

    @Test
    void refusesConnectionsWhileItIsSuspended() throws IOException {
        try (ReferenceLink link = ReferenceLink.open(middle)) {
            middle.suspend();
            assertThatThrownBy(() -> ReferenceLink.open(middle)).isInstanceOf(ConnectException.class);
            link.send(1, MiddleCommand.echo(EIGHT));
            assertThat(link.receive(1)).isEqualTo(EIGHT);
            middle.resume();
            try (ReferenceLink late = ReferenceLink.open(middle)) {
                late.send(2, MiddleCommand.echo(EIGHT));
                assertThat(late.receive(2)).isEqualTo(EIGHT);
            }
        }
    }

    @Test
    void treatsTheNextLinksOtherwise() throws IOException {
        middle.behaveNext(MiddleBehaviour.WRONG_SELECTOR, MiddleBehaviour.HANDSHAKE_ERROR);
        assertThatThrownBy(() -> ReferenceLink.open(middle)).hasMessage("another secret");
        assertThatThrownBy(() -> ReferenceLink.open(middle)).hasMessage("no handshake");
        ReferenceLink.open(middle).close();
        await(() -> middle.stood() == 1);
        assertThat(middle.accepted()).isEqualTo(3);
    }

    @Test
    void saysNothingIfItIsToBeSilent() throws IOException {
        middle.behaveNext(MiddleBehaviour.SILENT, MiddleBehaviour.SILENT_AFTER_NONCE);
        try (ReferenceLink link = ReferenceLink.connect(middle)) {
            link.frames().writePadded(new byte[32]);
            link.finish();
            assertThat(link.ends()).isTrue();
        }
        try (ReferenceLink link = ReferenceLink.connect(middle)) {
            link.exchangeNonces();
            link.frames().write(new byte[32]);
            link.finish();
            assertThat(link.ends()).isTrue();
        }
        assertThat(middle.stood()).isZero();
    }

    @Test
    void answersNothingIfItIsDeaf() throws IOException {
        middle.behave(MiddleBehaviour.DEAF);
        try (ReferenceLink link = ReferenceLink.open(middle)) {
            link.send(1, MiddleCommand.echo(EIGHT));
            link.frames().write(ReferenceLink.withId(ReferenceLink.PING, 6));
            link.finish();
            assertThat(link.ends()).isTrue();
        }
        assertThat(middle.requested()).isEqualTo(1);
        assertThat(middle.pings()).isEqualTo(1);
    }

    @Test
    void readsNothingUntilItIsReleased() throws IOException {
        middle.behave(MiddleBehaviour.NOT_READING);
        try (ReferenceLink link = ReferenceLink.open(middle)) {
            await(() -> middle.links() == 1);
            link.send(1, MiddleCommand.echo(EIGHT));
            assertThat(middle.requested()).isZero();
            middle.release();
            assertThat(link.receive(1)).isEqualTo(EIGHT);
        }
    }

    @Test
    void endsStillbornLinksBehindTheirHandshake() throws IOException {
        middle.behave(MiddleBehaviour.STILLBORN);
        try (ReferenceLink link = ReferenceLink.open(middle)) {
            assertThat(link.ends()).isTrue();
        }
    }

    @Test
    void understandsOnlyWhomItSeesWhereHeBelievesToBe() throws IOException {
        InetAddress seen = InetAddress.getByAddress(new byte[] {(byte) 203, 0, 113, 7});
        middle.seeProxyAt(seen);
        try (ReferenceLink link = ReferenceLink.openFrom(seen, middle)) {
            link.send(1, MiddleCommand.echo(EIGHT));
            assertThat(link.receive(1)).isEqualTo(EIGHT);
        }
        assertThatThrownBy(() -> ReferenceLink.open(middle)).isInstanceOf(IOException.class);
        expectUnhealthy("the proxy sent a frame of");
    }

    @Test
    void tellsTheTimeByTheClockItIsGiven() throws IOException {
        long now = Instant.now().getEpochSecond();
        middle.tellTimeBy(() -> now + 20);
        ReferenceLink.open(middle).close();
        middle.tellTimeBy(() -> now - 1000);
        assertThatThrownBy(() -> ReferenceLink.open(middle)).isInstanceOf(IOException.class);
        expectUnhealthy("a time too far from ours");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 0x800})
    void takesNoFlagsInAHandshake(int flags) throws IOException {
        try (ReferenceLink link = ReferenceLink.connect(middle)) {
            link.exchangeNonces();
            assertThatThrownBy(() -> link.handshake(flags)).isInstanceOf(IOException.class);
        }
        expectUnhealthy("flags in its handshake");
    }

    @Test
    void takesNoRequestBehindTheEndOfItsClient() throws IOException {
        try (ReferenceLink link = ReferenceLink.open(middle)) {
            link.send(1, MiddleCommand.mute());
            link.frames().write(ReferenceLink.withId(ReferenceLink.CLOSE_CONN, 1));
            link.send(1, MiddleCommand.mute());
            assertThat(link.ends()).isTrue();
        }
        expectUnhealthy("a request behind the end of its connection id");
    }

    @Test
    void takesAConnectionIdFromOneLinkOnly() throws IOException {
        try (ReferenceLink first = ReferenceLink.open(middle);
                ReferenceLink second = ReferenceLink.open(middle)) {
            first.send(1, MiddleCommand.echo(EIGHT));
            first.receive(1);
            second.send(1, MiddleCommand.echo(EIGHT));
            assertThat(second.ends()).isTrue();
        }
        expectUnhealthy("a connection id of another link");
    }

    @ParameterizedTest
    @CsvSource({
        "'', a payload without a tag",
        "deadbeef0000000000000000, an unknown payload",
        "5d42cf1f00000000, a close of 8 bytes",
        "a7ea308400000000, a pong of 8 bytes",
        "eef1ce3600000000, a request of 8 bytes"
    })
    void takesNoOtherPayloads(String payload, String what) throws IOException {
        try (ReferenceLink link = ReferenceLink.open(middle)) {
            link.frames().write(HexFormat.of().parseHex(payload));
            assertThat(link.ends()).isTrue();
        }
        expectUnhealthy(what);
    }

    @Test
    void servesAThousandClientsOnTwentyLinks() throws IOException {
        List<ReferenceLink> links = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            links.add(ReferenceLink.open(middle));
        }
        for (int round = 0; round < 10; round++) {
            for (int client = 0; client < 1_000; client++) {
                links.get(client % 20).send(client + 1L, MiddleCommand.echo(PatternStream.bytes(client + round, 64)));
            }
            for (int client = 0; client < 1_000; client++) {
                assertThat(links.get(client % 20).receive(client + 1L))
                        .isEqualTo(PatternStream.bytes(client + round, 64));
            }
        }
        assertThat(middle.requested()).isEqualTo(10_000);
        assertThat(middle.clients()).isEqualTo(1_000);
        assertThat(middle.mostClients()).isEqualTo(50);
        for (ReferenceLink link : links) {
            link.close();
        }
    }
}
