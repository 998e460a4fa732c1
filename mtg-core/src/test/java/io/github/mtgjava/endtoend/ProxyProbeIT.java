package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.Secret;
import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.internal.probe.Faults;
import io.github.mtgjava.internal.probe.ProxyRoundTrip;
import io.github.mtgjava.internal.probe.ReceivedHello;
import io.github.mtgjava.internal.probe.ScriptedServer;
import io.github.mtgjava.probe.ProbeException.Fault;
import io.github.mtgjava.probe.ProxyProbe;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.ClosedPort;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.FakeOrigin;
import io.github.mtgjava.testkit.FakeTelegram;
import io.github.mtgjava.testkit.FakeTelegram.Behaviour;
import io.github.mtgjava.testkit.ReferenceProxy;
import io.github.mtgjava.transport.faketls.ExtensionOrder;
import io.github.mtgjava.transport.faketls.KeyShareGroup;
import io.github.mtgjava.transport.faketls.ServerHelloFlight;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The probe as a client of a proxy: ours, an independent one, and everything that may stand in the place of one. */
@Timeout(60)
class ProxyProbeIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final InstantSource CLOCK = InstantSource.system();
    private static final RandomSource RANDOM = RandomSource.secure();
    private static final String KEY = "00112233445566778899aabbccddeeff";
    private static final String OTHER_KEY = "ffeeddccbbaa99887766554433221100";

    @ParameterizedTest
    @EnumSource(Mode.class)
    void measuresTheRoundTripThroughOurProxy(Mode mode) throws Exception {
        try (RunningCase running = RunningCase.startMtproto(mode, builder -> builder)) {
            assertThat(ProxyProbe.roundTrip(running.proxy.address(), running.secret, -2, LIMIT))
                    .isBetween(Duration.ofNanos(1), LIMIT);
            running.await("the session is over", () -> running.closed(CloseReason.CLIENT_CLOSED) == 1);
            FakeTelegram.Frame frame = running.telegram.frames().get(0);
            assertThat(frame.signedDc()).isEqualTo(-2);
            assertThat(frame.tag()).isEqualTo(mode == Mode.SIMPLE ? ClientOptions.INTERMEDIATE : ClientOptions.PADDED);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void measuresTheRoundTripThroughAnotherProxy(Mode mode) throws Exception {
        Secret secret = secret(mode, KEY);
        try (FakeTelegram telegram = FakeTelegram.start(Behaviour.MTPROTO);
                ReferenceProxy proxy = ReferenceProxy.start(mode, secret.key(), telegram.address())) {
            assertThat(ProxyRoundTrip.measure(proxy.address(), secret, 5, LIMIT, CLOCK, RANDOM))
                    .isPositive();
        }
    }

    @Test
    void noticesThatTheProxyShowsItsSiteToAWrongSecret() throws Exception {
        Secret wrong = secret(Mode.TLS, OTHER_KEY);
        try (FakeOrigin origin = FakeOrigin.start();
                RunningCase running =
                        RunningCase.startMtproto(Mode.TLS, builder -> builder.cloakAddress(origin.address()))) {
            String message = fails(Fault.BAD_ANSWER, running.proxy.address(), wrong, LIMIT);
            assertThat(message).contains("ordinary web server", "secret", "host", "clock");
            assertThat(running.refused(RefusalReason.BAD_DIGEST)).isEqualTo(1);
        }
    }

    @Test
    void noticesThatTheProxyShowsItsSiteToAnotherHost() throws Exception {
        Secret wrong = Secret.parse("ee" + KEY + hex("www.example.org"));
        try (FakeOrigin origin = FakeOrigin.start();
                RunningCase running =
                        RunningCase.startMtproto(Mode.TLS, builder -> builder.cloakAddress(origin.address()))) {
            String message = fails(Fault.BAD_ANSWER, running.proxy.address(), wrong, LIMIT);
            assertThat(message).contains("ordinary web server");
            assertThat(running.refused(RefusalReason.WRONG_SNI)).isEqualTo(1);
        }
    }

    @Test
    void noticesThatTheProxyShowsItsSiteToAWrongClock() throws Exception {
        InstantSource late = InstantSource.fixed(Instant.now().plusSeconds(3600));
        try (FakeOrigin origin = FakeOrigin.startTls12();
                RunningCase running =
                        RunningCase.startMtproto(Mode.TLS, builder -> builder.cloakAddress(origin.address()))) {
            String message = Faults.messageOf(
                    Fault.BAD_ANSWER,
                    () -> ProxyRoundTrip.measure(running.proxy.address(), running.secret, 2, LIMIT, late, RANDOM));
            assertThat(message).contains("ordinary web server");
            assertThat(running.refused(RefusalReason.CLOCK_SKEW)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void meetsSilenceIfTheSecretIsWrongAndThereIsNoSite(Mode mode) throws Exception {
        try (RunningCase running = RunningCase.startMtproto(mode, builder -> builder)) {
            String message = fails(Fault.TIMED_OUT, running.proxy.address(), secret(mode, OTHER_KEY), SHORT);
            assertThat(message).contains("not know this secret");
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void isClosedIfThereIsNoSuchDc(Mode mode) throws Exception {
        try (RunningCase running = RunningCase.startMtproto(mode, builder -> builder)) {
            String message = Faults.messageOf(
                    Fault.CLOSED,
                    () -> ProxyRoundTrip.measure(running.proxy.address(), running.secret, 77, LIMIT, CLOCK, RANDOM));
            assertThat(message).contains("not reach DC 77").doesNotContain(KEY);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void tellsEveryFaultOfWhatIsNoProxy(Mode mode) throws Exception {
        Secret secret = secret(mode, KEY);
        try (ClosedPort closed = ClosedPort.reserve()) {
            fails(Fault.CANNOT_CONNECT, closed.address(), secret, LIMIT);
        }
        try (ScriptedServer server = ScriptedServer.silent()) {
            fails(Fault.TIMED_OUT, server.address(), secret, SHORT);
        }
        try (ScriptedServer server = ScriptedServer.closing()) {
            fails(Fault.CLOSED, server.address(), secret, LIMIT);
        }
        try (ScriptedServer server = ScriptedServer.resetting()) {
            fails(Fault.RESET, server.address(), secret, LIMIT);
        }
        try (ScriptedServer server = ScriptedServer.noisy()) {
            fails(Fault.BAD_ANSWER, server.address(), secret, LIMIT);
        }
    }

    @Test
    void tellsOtherProtocolsFromOrdinaryWebServers() throws Exception {
        Secret secret = secret(Mode.TLS, KEY);
        byte[] http = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        try (ScriptedServer server = ScriptedServer.saying(http)) {
            assertThat(fails(Fault.BAD_ANSWER, server.address(), secret, LIMIT)).contains("not in TLS");
        }
        try (ScriptedServer server = ScriptedServer.saying(new byte[] {21, 3, 3, 0, 2, 2, 112})) {
            assertThat(fails(Fault.BAD_ANSWER, server.address(), secret, LIMIT)).contains("ordinary web server");
        }
    }

    @Test
    void judgesWhatComesBehindTheHandshake() throws Exception {
        Secret secret = secret(Mode.TLS, KEY);
        byte[] nothing = {20, 3, 3, 0, 1, 1};
        try (ScriptedServer endless = ScriptedServer.start(socket -> {
            shakeHands(socket, secret, 0);
            while (true) {
                socket.getOutputStream().write(nothing);
            }
        })) {
            assertThat(fails(Fault.BAD_ANSWER, endless.address(), secret, LIMIT))
                    .contains("sends and sends");
        }
        try (ScriptedServer alert = ScriptedServer.start(socket -> {
            shakeHands(socket, secret, 0);
            socket.getOutputStream().write(new byte[] {21, 3, 3, 0, 2, 2, 10});
            socket.getInputStream().readAllBytes();
        })) {
            assertThat(fails(Fault.BAD_ANSWER, alert.address(), secret, LIMIT)).contains("records");
        }
        try (ScriptedServer talkative = ScriptedServer.start(socket -> {
            shakeHands(socket, secret, 5);
            socket.getInputStream().readAllBytes();
        })) {
            assertThat(fails(Fault.BAD_ANSWER, talkative.address(), secret, LIMIT))
                    .contains("sent more");
        }
    }

    @Test
    void refusesAnUnresolvedAddress() {
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("proxy.test", 443);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> ProxyRoundTrip.measure(unresolved, secret(Mode.SIMPLE, KEY), 2, LIMIT, CLOCK, RANDOM));
    }

    /** Answers a hello as a proxy should, but perhaps with more bytes than there should be, and reads the first record. */
    private static void shakeHands(Socket socket, Secret secret, int surplus) throws IOException {
        byte[] flight = ServerHelloFlight.write(
                ReceivedHello.read(socket),
                secret.key(),
                new ServerHelloFlight.Parameters(
                        0x1301, KeyShareGroup.X25519, new byte[32], ExtensionOrder.KEY_SHARE_FIRST, new byte[900]));
        socket.getOutputStream().write(Arrays.copyOf(flight, flight.length + surplus));
        socket.getInputStream().readNBytes(surplus > 0 ? 0 : 6 + 5 + 64);
    }

    private static String fails(Fault fault, InetSocketAddress proxy, Secret secret, Duration limit) {
        String message = Faults.messageOf(fault, () -> ProxyRoundTrip.measure(proxy, secret, 2, limit, CLOCK, RANDOM));
        assertThat(message).doesNotContain(KEY, OTHER_KEY);
        return message;
    }

    private static Secret secret(Mode mode, String key) {
        return switch (mode) {
            case SIMPLE -> Secret.parse(key);
            case SECURED -> Secret.parse("dd" + key);
            case TLS -> Secret.parse("ee" + key + hex(RunningCase.HOST));
        };
    }

    private static String hex(String host) {
        return HexFormat.of().formatHex(host.getBytes(StandardCharsets.US_ASCII));
    }
}
