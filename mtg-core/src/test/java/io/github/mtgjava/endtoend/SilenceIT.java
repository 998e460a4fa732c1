package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.Inject;
import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.ClosedPort;
import io.github.mtgjava.testkit.FakeClient;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.ManualTicker;
import io.github.mtgjava.testkit.RecordingOrigin;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where there is no site to show, whoever is refused meets silence, and in the end FIN: never an answer, never RST. */
class SilenceIT {

    private static final byte[] NOISE = new byte[200];

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"SIMPLE", "SECURED"})
    void noiseMeetsSilenceAndThenFin(Mode mode) throws Exception {
        try (Silent silent = new Silent(mode);
                Socket socket = silent.running.client().openSocket()) {
            socket.getOutputStream().write(NOISE);
            silent.running.events.awaitEvent("refused 1 BAD_FRAME");
            silent.assertSilentThenFin(socket);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63})
    void aHalfFrameMeetsTheSameSilence(int length) throws Exception {
        try (Silent silent = new Silent(Mode.SECURED);
                Socket socket = silent.running.client().openSocket()) {
            socket.getOutputStream().write(NOISE, 0, length);
            silent.running.events.awaitEvent("accepted 1");
            silent.ticker.advance(Duration.ofSeconds(11));
            silent.running.events.awaitEvent("refused 1 HANDSHAKE_TIMEOUT");
            silent.assertSilentThenFin(socket);
        }
    }

    @Test
    void afterABudgetNothingMoreIsReadUntilTheEnd() throws Exception {
        try (Silent silent = new Silent(Mode.SECURED);
                Socket socket = silent.running.client().openSocket()) {
            byte[] much = new byte[300_000];
            socket.getOutputStream().write(much);
            silent.running.events.awaitEvent("refused 1 BAD_FRAME");
            silent.running.await(
                    "the budget is used", () -> silent.running.stats().bytesFromClients() >= 64 * 1024);
            assertThat(silent.running.stats().bytesFromClients()).isLessThan(150_000);
            silent.assertSilentThenFin(socket);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 60, 90})
    void silenceEndsAtARandomMoment(int seconds) throws Exception {
        RandomSource scripted = new RandomSource() {
            @Override
            public void nextBytes(byte[] target) {
                RandomSource.secure().nextBytes(target);
            }

            @Override
            public int between(int lowest, int highest) {
                return Math.max(lowest, Math.min(highest, seconds * 1000));
            }
        };
        ManualTicker ticker = new ManualTicker();
        try (RunningCase running = RunningCase.start(
                        Mode.SECURED, builder -> Inject.random(Inject.ticker(builder, ticker), scripted));
                Socket socket = running.client().openSocket()) {
            socket.getOutputStream().write(NOISE);
            running.events.awaitEvent("refused 1 BAD_FRAME");
            ticker.advance(Duration.ofSeconds(seconds - 1));
            socket.setSoTimeout(50);
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
            ticker.advance(Duration.ofSeconds(2));
            socket.setSoTimeout((int) RunningCase.LIMIT.toMillis());
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void theHandshakesDeadlineCountsFromAcceptAlsoAfterTheFlight() throws Exception {
        try (Silent silent = new Silent(Mode.TLS);
                Socket socket = silent.running.client().openSocket()) {
            silent.running.events.awaitEvent("accepted 1");
            silent.ticker.advance(Duration.ofSeconds(6));
            socket.getOutputStream().write(silent.running.client().clientHello());
            Hellos.readFlight(socket);
            silent.ticker.advance(Duration.ofSeconds(5));
            silent.running.events.awaitEvent("refused 1 HANDSHAKE_TIMEOUT");
        }
    }

    @Test
    void aHelloThatDripsIsNotGivenMoreTimeThanOthers() throws Exception {
        try (Silent silent = new Silent(Mode.TLS);
                Socket socket = silent.running.client().openSocket()) {
            byte[] hello = silent.running.client().clientHello();
            silent.running.events.awaitEvent("accepted 1");
            for (int second = 0; second < 9; second++) {
                long before = silent.running.stats().bytesFromClients();
                socket.getOutputStream().write(hello[second]);
                silent.running.await("it is read", () -> silent.running.stats().bytesFromClients() > before);
                silent.ticker.advance(Duration.ofSeconds(1));
            }
            assertThat(silent.running.refused(RefusalReason.HANDSHAKE_TIMEOUT)).isZero();
            silent.ticker.advance(Duration.ofSeconds(2));
            silent.running.events.awaitEvent("refused 1 HANDSHAKE_TIMEOUT");
        }
    }

    @Test
    void aSecuredSecretTakesNoOtherTransport() throws Exception {
        for (byte tag : new byte[] {ClientOptions.ABRIDGED, ClientOptions.INTERMEDIATE}) {
            try (Silent silent = new Silent(Mode.SECURED);
                    Socket socket = silent.running.client().openSocket()) {
                socket.getOutputStream()
                        .write(silent.running.client().withTag(tag).frame());
                silent.running.events.awaitEvent("refused 1 FORBIDDEN_TRANSPORT");
                silent.assertSilentThenFin(socket);
                assertThat(silent.running.telegram.accepted()).isZero();
            }
        }
    }

    @Test
    void aReplayedFrameMeetsSilenceEvenWithItsDcChanged() throws Exception {
        try (Silent silent = new Silent(Mode.SECURED)) {
            ClientOptions recorded = silent.running.client().withSeed(4);
            try (FakeClient client = recorded.connect()) {
                client.echo(new byte[1]);
            }
            byte[] frame = recorded.frame();
            frame[60] ^= 1;
            frame[0] ^= 1;
            try (Socket socket = silent.running.client().openSocket()) {
                socket.getOutputStream().write(frame);
                silent.running.events.awaitEvent("refused 2 REPLAY");
                silent.assertSilentThenFin(socket);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"abridged", "intermediate"})
    void insideFakeTlsAForbiddenTransportSeesNothingAfterTheFlight(String transport) throws Exception {
        byte tag = transport.equals("abridged") ? ClientOptions.ABRIDGED : ClientOptions.INTERMEDIATE;
        try (Silent silent = new Silent(Mode.TLS);
                FakeClient client = silent.running.client().withTag(tag).connect()) {
            silent.running.events.awaitEvent("refused 1 FORBIDDEN_TRANSPORT");
            silent.assertSilentThenFin(client.socket());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1503030002022a", "160303000401000000", "1703010040", "17030341ff", "485454502f312e31"})
    void insideFakeTlsBadRecordsSeeNothingAfterTheFlight(String hex) throws Exception {
        try (Silent silent = new Silent(Mode.TLS);
                Socket socket = silent.running.client().openSocket()) {
            socket.getOutputStream().write(silent.running.client().clientHello());
            Hellos.readFlight(socket);
            socket.getOutputStream().write(HexFormat.of().parseHex(hex));
            silent.running.events.awaitEvent("refused 1 BAD_RECORD");
            silent.assertSilentThenFin(socket);
        }
    }

    @Test
    void anUnreachableOriginMeansSilence() throws Exception {
        try (ClosedPort nobody = ClosedPort.reserve();
                Silent silent = new Silent(Mode.TLS, nobody);
                Socket socket = silent.running.client().openSocket()) {
            socket.getOutputStream().write(NOISE);
            silent.running.await(
                    "it is given up",
                    () -> silent.running.refused(RefusalReason.NOT_TLS) == 1
                            && silent.running.stats().cloaking() == 0);
            silent.assertSilentThenFin(socket);
        }
    }

    @Test
    void withACloakAddressPlainSecretsShowTheSiteToo() throws Exception {
        try (RecordingOrigin origin = RecordingOrigin.start();
                RunningCase running =
                        RunningCase.start(Mode.SECURED, builder -> builder.cloakAddress(origin.address()));
                Socket socket = running.client().openSocket()) {
            socket.getOutputStream().write(NOISE);
            assertThat(origin.awaitVisit(0).awaitBytes(NOISE.length)).isEqualTo(NOISE);
        }
    }

    private static final class Silent implements AutoCloseable {

        final ManualTicker ticker = new ManualTicker();
        final RunningCase running;

        Silent(Mode mode) throws IOException {
            running = RunningCase.start(mode, builder -> Inject.ticker(builder, ticker));
        }

        Silent(Mode mode, ClosedPort origin) throws IOException {
            running = RunningCase.start(
                    mode, builder -> Inject.ticker(builder, ticker).cloakAddress(origin.address()));
        }

        /** Nothing comes although more is sent; once enough time has passed comes FIN, and nothing before it. */
        void assertSilentThenFin(Socket socket) throws IOException {
            socket.getOutputStream().write(Arrays.copyOf(NOISE, 100));
            socket.setSoTimeout(50);
            try {
                assertThat(socket.getInputStream().read()).as("an answer").isNull();
            } catch (SocketTimeoutException silence) {
                assertThat(running.stats().open()).isEqualTo(1);
            }
            socket.setSoTimeout((int) RunningCase.LIMIT.toMillis());
            ticker.advance(Duration.ofSeconds(95));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            // Our side is ended, not the connection: a reset would tell that nobody listens any more.
            socket.getOutputStream().write(NOISE);
            ticker.advance(Duration.ofSeconds(5));
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
            assertThat(running.stats().open()).isEqualTo(1);
            socket.close();
            running.await("it is over", () -> running.closed(CloseReason.REFUSED) == 1);
        }

        @Override
        public void close() {
            running.close();
        }
    }
}
