package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.Inject;
import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.spi.ReplayCache;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.FakeClient;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.FakeOrigin;
import io.github.mtgjava.testkit.ManualTicker;
import io.github.mtgjava.testkit.RecordingOrigin;
import io.github.mtgjava.testkit.Visit;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With a TLS secret everybody without it sees the cloaked site, whatever they try, byte for byte. */
class CloakIT {

    private static final long NOW = 1_750_000_000L;
    private static final byte[] HTTP = "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    @Test
    void anOrdinaryHttpsClientGetsTheOriginsCertificateAndPage() throws Exception {
        try (FakeOrigin origin = FakeOrigin.start();
                RunningCase running = RunningCase.start(Mode.TLS, builder -> builder.cloakAddress(origin.address()))) {
            // Trusts the origin's own certificate and nothing else.
            assertThat(origin.fetch(running.proxy.address())).contains(FakeOrigin.MARKER);
            // The JDK's client says 3.3 in its record header, which no Telegram client does.
            assertThat(running.refused(RefusalReason.MALFORMED_HELLO)).isEqualTo(1);
        }
    }

    @Test
    void noiseEndsAtTheOrigin() throws Exception {
        byte[] noise = new byte[3000];
        Arrays.fill(noise, (byte) 0xa5);
        assertIsCloaked(noise, RefusalReason.NOT_TLS);
    }

    @Test
    void plainHttpEndsAtTheOrigin() throws Exception {
        assertIsCloaked(HTTP, RefusalReason.NOT_TLS);
    }

    @Test
    void anObfuscated2ClientEndsAtTheOrigin() throws Exception {
        try (Cloaked cloaked = new Cloaked()) {
            // With a seed, as one frame in 256 begins like a TLS record and is refused with another reason.
            byte[] frame = ClientOptions.simple(cloaked.running.proxy.address(), cloaked.running.secret.key())
                    .withSeed(1)
                    .frame();
            cloaked.assertReachesOrigin(frame, RefusalReason.NOT_TLS);
        }
    }

    @Test
    void aWrongDigestEndsAtTheOrigin() throws Exception {
        try (Cloaked cloaked = new Cloaked()) {
            byte[] hello = cloaked.client().clientHello();
            hello[20] ^= 1;
            cloaked.assertReachesOrigin(hello, RefusalReason.BAD_DIGEST);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {-3600, -121, 121, 3600})
    void aWrongClockEndsAtTheOrigin(long skew) throws Exception {
        try (Cloaked cloaked = new Cloaked()) {
            byte[] hello = cloaked.client().withClock(() -> NOW + skew).clientHello();
            cloaked.assertReachesOrigin(hello, RefusalReason.CLOCK_SKEW);
        }
    }

    @Test
    void aClockWithinTheSkewIsLetIn() throws Exception {
        try (Cloaked cloaked = new Cloaked();
                FakeClient client = cloaked.client().withClock(() -> NOW - 119).connect()) {
            assertThat(client.echo(new byte[9])).hasSize(9);
        }
    }

    @Test
    void anotherHostEndsAtTheOrigin() throws Exception {
        try (Cloaked cloaked = new Cloaked()) {
            byte[] hello = ClientOptions.tls(
                            cloaked.running.proxy.address(), cloaked.running.secret.key(), "www.example.org")
                    .withClock(() -> NOW)
                    .clientHello();
            cloaked.assertReachesOrigin(hello, RefusalReason.WRONG_SNI);
        }
    }

    @Test
    void aHelloThatNoTls13ServerCouldAnswerEndsAtTheOrigin() throws Exception {
        try (Cloaked cloaked = new Cloaked()) {
            byte[] hello = Hellos.unanswerable(cloaked.client().clientHello(), cloaked.running.secret.key(), NOW);
            cloaked.assertReachesOrigin(hello, RefusalReason.UNSUPPORTED_HELLO);
        }
    }

    @Test
    void aReplayedHelloEndsAtTheOriginEvenWithItsTimeMoved() throws Exception {
        try (Cloaked cloaked = new Cloaked()) {
            ClientOptions recorded = cloaked.client().withSeed(99);
            try (FakeClient client = recorded.connect()) {
                client.echo(new byte[1]);
            }
            cloaked.assertReachesOrigin(recorded.clientHello(), RefusalReason.REPLAY);

            cloaked.now.addAndGet(3600);
            byte[] moved = recorded.clientHello();
            // The last four bytes of the random are the digest's, with the time xored in: anybody can change the time.
            for (int i = 0; i < 4; i++) {
                moved[39 + i] ^= (byte) ((NOW ^ (NOW + 3600)) >> 8 * i);
            }
            cloaked.assertReachesOrigin(moved, RefusalReason.REPLAY);
            assertThat(cloaked.running.refused(RefusalReason.REPLAY)).isEqualTo(2);
        }
    }

    @Test
    void ofManyReplaysAtOnceExactlyOneIsAnswered() throws Exception {
        try (Cloaked cloaked = new Cloaked()) {
            byte[] hello = cloaked.client().withSeed(5).clientHello();
            List<Socket> sockets = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                sockets.add(cloaked.client().openSocket());
            }
            for (Socket socket : sockets) {
                socket.getOutputStream().write(hello);
            }
            cloaked.running.await("15 replays", () -> cloaked.running.refused(RefusalReason.REPLAY) == 15);
            for (int i = 0; i < 15; i++) {
                assertThat(cloaked.origin.awaitVisit(i).awaitBytes(hello.length))
                        .isEqualTo(hello);
            }
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    /** Or anybody could have us forget those who are. */
    @Test
    void nobodyIsRememberedWhoIsNotGenuine() throws Exception {
        Queue<byte[]> remembered = new ConcurrentLinkedQueue<>();
        ReplayCache cache = key -> {
            remembered.add(key);
            return CompletableFuture.completedStage(true);
        };
        try (RecordingOrigin origin = RecordingOrigin.start();
                RunningCase running = RunningCase.start(
                        Mode.TLS,
                        builder -> builder.cloakAddress(origin.address()).replayCache(cache))) {
            byte[] forged = running.client().clientHello();
            forged[20] ^= 1;
            for (int visit = 0; visit < 3; visit++) {
                try (Socket socket = running.client().openSocket()) {
                    socket.getOutputStream().write(forged);
                    origin.awaitVisit(visit).awaitBytes(forged.length);
                }
            }
            assertThat(remembered).isEmpty();
            try (FakeClient genuine = running.client().connect()) {
                assertThat(genuine.echo(new byte[1])).hasSize(1);
            }
            assertThat(remembered).hasSize(1);
        }
    }

    @Test
    void aVisitIsEndedOnlyByTheIdleTimeOut() throws Exception {
        ManualTicker ticker = new ManualTicker();
        try (RecordingOrigin origin = RecordingOrigin.start();
                RunningCase running = RunningCase.start(
                        Mode.TLS, builder -> Inject.ticker(builder, ticker).cloakAddress(origin.address()));
                Socket socket = running.client().openSocket()) {
            socket.getOutputStream().write(HTTP);
            Visit visit = origin.awaitVisit(0);
            for (int minutes = 0; minutes < 40; minutes += 4) {
                ticker.advance(Duration.ofMinutes(4));
                visit.send(new byte[] {1});
                assertThat(socket.getInputStream().read()).isEqualTo(1);
            }
            ticker.advance(Duration.ofMinutes(6));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            assertThat(visit.awaitFin()).isTrue();
        }
    }

    @Test
    void aTruncatedHelloAndItsEndReachTheOriginAndTheAnswerComesBack() throws Exception {
        try (Cloaked cloaked = new Cloaked();
                Socket socket = cloaked.client().openSocket()) {
            byte[] part = Arrays.copyOf(cloaked.client().clientHello(), 300);
            socket.getOutputStream().write(part);
            socket.shutdownOutput();
            Visit visit = cloaked.origin.awaitVisit(0);
            assertThat(visit.awaitBytes(part.length)).isEqualTo(part);
            assertThat(visit.awaitFin()).isTrue();
            byte[] alert = {21, 3, 3, 0, 2, 2, 50};
            visit.send(alert);
            visit.finish();
            assertThat(socket.getInputStream().readAllBytes()).isEqualTo(alert);
            cloaked.running.await("it is counted", () -> cloaked.running.refused(RefusalReason.TRUNCATED) == 1);
        }
    }

    @Test
    void aSilentConnectionIsHandedToTheOriginAfterTheDeadline() throws Exception {
        ManualTicker ticker = new ManualTicker();
        try (RecordingOrigin origin = RecordingOrigin.start();
                RunningCase running = RunningCase.start(
                        Mode.TLS, builder -> Inject.ticker(builder, ticker).cloakAddress(origin.address()));
                Socket socket = running.client().openSocket()) {
            running.events.awaitEvent("accepted 1");
            ticker.advance(Duration.ofSeconds(9));
            assertThat(running.stats().cloaking()).isZero();
            ticker.advance(Duration.ofSeconds(2));
            Visit visit = origin.awaitVisit(0);
            running.events.awaitEvent("cloaked 1 HANDSHAKE_TIMEOUT");
            // From here on the origin alone decides.
            visit.finish();
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            socket.getOutputStream().write(7);
            assertThat(visit.awaitBytes(1)).containsExactly(7);
        }
    }

    @Test
    void aHelloThatDripsInPiecesIsStillCloakedWhole() throws Exception {
        try (Cloaked cloaked = new Cloaked();
                Socket socket = cloaked.client().openSocket()) {
            byte[] hello = cloaked.client().clientHello();
            hello[hello.length - 1] ^= 1;
            for (int i = 0; i < hello.length; i += 97) {
                socket.getOutputStream().write(hello, i, Math.min(97, hello.length - i));
            }
            assertThat(cloaked.origin.awaitVisit(0).awaitBytes(hello.length)).isEqualTo(hello);
        }
    }

    @Test
    void resetsAreMirroredBothWays() throws Exception {
        try (Cloaked cloaked = new Cloaked()) {
            try (Socket socket = cloaked.client().openSocket()) {
                socket.getOutputStream().write("GET /".getBytes(StandardCharsets.US_ASCII));
                Visit visit = cloaked.origin.awaitVisit(0);
                visit.awaitBytes(5);
                visit.reset();
                assertThat(endsByReset(socket)).isTrue();
            }
            try (Socket socket = cloaked.client().openSocket()) {
                socket.getOutputStream().write("GET /".getBytes(StandardCharsets.US_ASCII));
                Visit visit = cloaked.origin.awaitVisit(1);
                visit.awaitBytes(5);
                socket.setSoLinger(true, 0);
                socket.close();
                assertThat(visit.awaitReset()).isTrue();
            }
        }
    }

    @Test
    void whoComesOverTheLimitSeesTheOriginToo() throws Exception {
        try (RecordingOrigin origin = RecordingOrigin.start();
                RunningCase running = RunningCase.start(
                        Mode.TLS,
                        builder -> builder.cloakAddress(origin.address()).maxConnections(1));
                FakeClient first = running.client().connect();
                Socket second = running.client().openSocket()) {
            byte[] hello = running.client().clientHello();
            second.getOutputStream().write(hello);
            assertThat(origin.awaitVisit(0).awaitBytes(hello.length)).isEqualTo(hello);
            running.events.awaitEvent("cloaked 2 CONNECTION_LIMIT");
            assertThat(first.echo(new byte[3])).hasSize(3);
        }
    }

    private static boolean endsByReset(Socket socket) {
        try {
            socket.getInputStream().readAllBytes();
            return false;
        } catch (IOException reset) {
            return reset.getMessage().contains("reset");
        }
    }

    private static void assertIsCloaked(byte[] bytes, RefusalReason reason) throws Exception {
        try (Cloaked cloaked = new Cloaked()) {
            cloaked.assertReachesOrigin(bytes, reason);
        }
    }

    /** A TLS proxy at a fixed time in front of an origin that records. */
    private static final class Cloaked implements AutoCloseable {

        final AtomicLong now = new AtomicLong(NOW);
        final RecordingOrigin origin = RecordingOrigin.start();
        final RunningCase running = RunningCase.start(
                Mode.TLS,
                builder -> builder.cloakAddress(origin.address()).clock(() -> Instant.ofEpochSecond(now.get())));

        Cloaked() throws IOException {}

        ClientOptions client() {
            return running.client().withClock(() -> NOW);
        }

        void assertReachesOrigin(byte[] sent, RefusalReason reason) throws IOException {
            int visits = origin.accepted();
            long refused = running.refused(reason);
            byte[] answer = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
            try (Socket socket = running.client().openSocket()) {
                socket.getOutputStream().write(sent);
                Visit visit = origin.awaitVisit(visits);
                assertThat(visit.awaitBytes(sent.length)).isEqualTo(sent);
                socket.getOutputStream().write(77);
                assertThat(visit.awaitBytes(sent.length + 1)[sent.length]).isEqualTo((byte) 77);
                visit.send(answer);
                visit.finish();
                assertThat(socket.getInputStream().readAllBytes()).isEqualTo(answer);
                socket.shutdownOutput();
                assertThat(visit.awaitFin()).isTrue();
            }
            assertThat(running.refused(reason)).isEqualTo(refused + 1);
            running.await("the visit is over", () -> running.stats().cloaking() == 0);
        }

        @Override
        public void close() {
            running.close();
            origin.close();
        }
    }
}
