package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.IpFamily;
import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.ClosedPort;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.RecordingOrigin;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each reason to refuse moves its own counters, and nobody else's. */
class RefusalMetricsIT {

    private final Meters meters = new Meters();

    @ParameterizedTest
    @EnumSource(RefusalReason.class)
    void aRefusalIsCountedByItsReasonAndWhetherTheSiteWasShown(RefusalReason reason) throws Exception {
        boolean cloaked = Refusals.isCloaked(reason);
        try (Refusals refusals = new Refusals(reason, meters.observer())) {
            RunningCase running = refusals.running;
            try (Socket refused = refusals.cause()) {
                running.await("it is refused", () -> meters.value("refused", "reason", Meters.word(reason)) == 1);
                if (cloaked) {
                    running.await("the site is shown", () -> meters.value("cloaked_connections") == 1);
                    refusals.origin.awaitVisit(0).finish();
                    assertThat(refused.getInputStream().read()).isEqualTo(-1);
                }
            }
            refusals.endCompanions();
            running.await("all is over", () -> meters.value("open_connections") == 0);
            assertThat(meters.total("refused")).isEqualTo(1);
            assertThat(meters.value("closed", "reason", "refused")).isEqualTo(1);
            assertThat(meters.value("cloaked_requests", "reason", Meters.word(reason)))
                    .isEqualTo(cloaked ? 1 : 0);
            assertThat(meters.total("cloaked_requests")).isEqualTo(cloaked ? 1 : 0);
            assertThat(meters.value("cloaked_connections")).isZero();
            assertThat(meters.value("replay_attacks")).isEqualTo(reason == RefusalReason.REPLAY ? 1 : 0);
            assertThat(meters.value("accepted")).isEqualTo(running.stats().accepted());
        }
    }

    /** These two come before and after the flight; before it the site is shown, as the test above shows. */
    @ParameterizedTest
    @EnumSource(
            value = RefusalReason.class,
            names = {"TRUNCATED", "HANDSHAKE_TIMEOUT"})
    void behindTheFlightTheSiteIsNeverShown(RefusalReason reason) throws Exception {
        try (Refusals refusals = new Refusals(reason, meters.observer())) {
            try (Socket socket = refusals.sendBehindTheFlight()) {
                if (reason == RefusalReason.TRUNCATED) {
                    socket.shutdownOutput();
                } else {
                    refusals.ticker.advance(Duration.ofSeconds(11));
                }
                refusals.running.await(
                        "it is refused", () -> meters.value("refused", "reason", Meters.word(reason)) == 1);
            }
            refusals.running.await("it is over", () -> meters.value("closed", "reason", "refused") == 1);
            assertThat(meters.total("cloaked_requests")).isZero();
            assertThat(refusals.origin.accepted()).isZero();
        }
    }

    @Test
    void aPlainSecretWithASiteShowsItForBadFrames() throws Exception {
        assertIsCloaked(new byte[64], RefusalReason.BAD_FRAME);
    }

    @Test
    void aPlainSecretWithASiteShowsItForForbiddenTransports() throws Exception {
        byte[] key = RunningCase.secretFor(Mode.SECURED).key();
        ClientOptions anywhere = ClientOptions.secured(Loopback.anyPort(IpFamily.IPV4), key);
        assertIsCloaked(anywhere.withTag(ClientOptions.ABRIDGED).frame(), RefusalReason.FORBIDDEN_TRANSPORT);
    }

    private void assertIsCloaked(byte[] sent, RefusalReason reason) throws IOException {
        try (RecordingOrigin origin = RecordingOrigin.start();
                RunningCase running = RunningCase.start(
                        Mode.SECURED,
                        builder -> builder.cloakAddress(origin.address()).addObserver(meters.observer()));
                Socket socket = running.client().openSocket()) {
            socket.getOutputStream().write(sent);
            assertThat(origin.awaitVisit(0).awaitBytes(sent.length)).isEqualTo(sent);
            assertThat(meters.value("refused", "reason", Meters.word(reason))).isEqualTo(1);
            assertThat(meters.value("cloaked_requests", "reason", Meters.word(reason)))
                    .isEqualTo(1);
        }
    }

    @Test
    void whereTheSiteCannotBeReachedNothingWasShown() throws Exception {
        try (ClosedPort nobody = ClosedPort.reserve();
                RunningCase running = RunningCase.start(
                        Mode.TLS,
                        builder -> builder.cloakAddress(nobody.address()).addObserver(meters.observer()));
                Socket socket = running.client().openSocket()) {
            socket.getOutputStream().write(new byte[50]);
            running.events.awaitEvent("cloak failed 1 NOT_TLS");
            running.await("it meets silence", () -> meters.value("cloaked_connections") == 0);
            assertThat(meters.value("refused", "reason", "not_tls")).isEqualTo(1);
            assertThat(meters.total("cloaked_requests")).isZero();
        }
    }
}
