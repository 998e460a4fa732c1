package io.github.mtgjava.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.internal.probe.ScriptedServer.Script;
import io.github.mtgjava.probe.ProbeException;
import io.github.mtgjava.probe.ProbeException.Fault;
import io.github.mtgjava.testkit.ClosedPort;
import io.github.mtgjava.testkit.FakeOrigin;
import io.github.mtgjava.transport.faketls.ExtensionOrder;
import io.github.mtgjava.transport.faketls.KeyShareGroup;
import io.github.mtgjava.transport.faketls.ServerHelloFlight;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Genuine servers, canned ones, and everything that can go wrong with one. */
@Timeout(60)
class OriginProbeIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final RandomSource RANDOM = RandomSource.secure();
    private static final List<Integer> TLS_1_3_SUITES = List.of(0x1301, 0x1302, 0x1303);
    private static final String RETRY = "cf21ad74e59a6111be1d8c021e65b891c2a211167abb8c5e079e09e2c8a8339c";

    @Test
    void looksAtAGenuineServer() throws Exception {
        try (FakeOrigin origin = FakeOrigin.start()) {
            // A server that computes a signature on a busy machine may pause for a while.
            OriginAnswer answer =
                    OriginProbe.ask(origin.address(), FakeOrigin.HOST, LIMIT, Duration.ofSeconds(2), RANDOM);
            assertThat(answer.tls13()).isTrue();
            assertThat(TLS_1_3_SUITES).contains(answer.cipherSuite());
            // Which one depends on the JDK.
            assertThat(List.of(0x001d, 0x11ec)).contains(answer.group());
            assertThat(answer.helloRetryRequest()).isFalse();
            // The certificate alone has some hundreds.
            assertThat(answer.encryptedRecords()).isNotEmpty().allMatch(size -> size > 16);
            assertThat(answer.encryptedRecords().stream().mapToInt(size -> size).sum())
                    .isGreaterThan(300);
        }
    }

    @Test
    void noticesAGenuineServerWithoutTls13() throws Exception {
        try (FakeOrigin origin = FakeOrigin.startTls12()) {
            OriginAnswer answer = ask(origin.address(), LIMIT);
            assertThat(answer.tls13()).isFalse();
            assertThat(answer.cipherSuite()).isNotZero();
            assertThat(answer.group()).isZero();
            assertThat(answer.encryptedRecords()).isEmpty();
        }
    }

    @Test
    void seesAPostQuantumShareAndEveryRecordUntilSilence() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(answering(record(53), record(281)))) {
            assertThat(ask(server.address(), LIMIT))
                    .isEqualTo(new OriginAnswer(
                            true, 0x1302, 0x11ec, false, ExtensionOrder.KEY_SHARE_FIRST, List.of(700, 53, 281)));
        }
    }

    @Test
    void takesTheEndOfTheStreamForTheEndOfTheFlight() throws Exception {
        Script ending = socket -> {
            socket.getOutputStream().write(flightFor(socket));
            socket.shutdownOutput();
            ScriptedServer.awaitEnd(socket);
        };
        try (ScriptedServer server = ScriptedServer.start(ending)) {
            assertThat(ask(server.address(), LIMIT).encryptedRecords()).containsExactly(700);
        }
    }

    @Test
    void endsAtTheLimitWithWhatHasCome() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(answering(record(53)))) {
            OriginAnswer answer =
                    OriginProbe.ask(server.address(), FakeOrigin.HOST, Duration.ofSeconds(2), LIMIT, RANDOM);
            assertThat(answer.encryptedRecords()).containsExactly(700, 53);
        }
    }

    @Test
    void stopsAtItsBoundsIfAServerIsNeverSilent() throws Exception {
        Script trickling = socket -> {
            socket.getOutputStream().write(flightFor(socket));
            ScriptedServer.repeat(socket, record(1));
        };
        try (ScriptedServer server = ScriptedServer.start(trickling)) {
            assertThat(ask(server.address(), LIMIT).encryptedRecords()).hasSize(62);
        }
        Script flooding = socket -> {
            socket.getOutputStream().write(flightFor(socket));
            ScriptedServer.repeat(socket, record(16_640));
        };
        try (ScriptedServer server = ScriptedServer.start(flooding)) {
            assertThat(ask(server.address(), LIMIT).encryptedRecords())
                    .startsWith(700)
                    .endsWith(16_640)
                    .hasSizeLessThan(10);
        }
    }

    @Test
    void waitsForTheRestOfARecord() throws Exception {
        try (ScriptedServer server = ScriptedServer.start(answering(Arrays.copyOf(record(100), 50)))) {
            fails(Fault.TIMED_OUT, server.address(), Duration.ofMillis(700));
        }
    }

    @Test
    void seesARequestForAnotherHello() throws Exception {
        String extensions = "002b00020304" + "003300020017";
        byte[] message =
                HexFormat.of().parseHex("020000" + "34" + "0303" + RETRY + "00" + "1301" + "00" + "000c" + extensions);
        try (ScriptedServer server = ScriptedServer.saying(record(22, message))) {
            assertThat(ask(server.address(), LIMIT))
                    .isEqualTo(new OriginAnswer(
                            true, 0x1301, 0x0017, true, ExtensionOrder.SUPPORTED_VERSIONS_FIRST, List.of()));
        }
    }

    @Test
    void tellsNoTls13FromOtherAlerts() throws Exception {
        try (ScriptedServer server = ScriptedServer.saying(record(21, new byte[] {2, 70}))) {
            assertThat(ask(server.address(), LIMIT))
                    .isEqualTo(new OriginAnswer(false, 0, 0, false, ExtensionOrder.KEY_SHARE_FIRST, List.of()));
        }
        try (ScriptedServer server = ScriptedServer.saying(record(21, new byte[] {2, 112}))) {
            assertThat(fails(Fault.BAD_ANSWER, server.address(), LIMIT)).contains("alert 112");
        }
    }

    @Test
    void cannotConnect() throws Exception {
        try (ClosedPort closed = ClosedPort.reserve()) {
            fails(Fault.CANNOT_CONNECT, closed.address(), LIMIT);
        }
    }

    @Test
    void timesOut() throws Exception {
        try (ScriptedServer server = ScriptedServer.silent()) {
            fails(Fault.TIMED_OUT, server.address(), SHORT);
        }
    }

    @Test
    void meetsTheEndOfTheStream() throws Exception {
        try (ScriptedServer server = ScriptedServer.closing()) {
            fails(Fault.CLOSED, server.address(), LIMIT);
        }
    }

    @Test
    void isReset() throws Exception {
        try (ScriptedServer server = ScriptedServer.resetting()) {
            fails(Fault.RESET, server.address(), LIMIT);
        }
    }

    @Test
    void meetsOtherProtocolsAndNoise() throws Exception {
        byte[] http = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        try (ScriptedServer server = ScriptedServer.saying(http)) {
            assertThat(fails(Fault.BAD_ANSWER, server.address(), LIMIT)).contains("not as a TLS server");
        }
        try (ScriptedServer server = ScriptedServer.noisy()) {
            fails(Fault.BAD_ANSWER, server.address(), LIMIT);
        }
        byte[] crumb = record(22, new byte[] {2});
        try (ScriptedServer server = ScriptedServer.repeating(crumb)) {
            fails(Fault.BAD_ANSWER, server.address(), LIMIT);
        }
    }

    @Test
    void refusesWhatIsNoHost() {
        InetSocketAddress address = new InetSocketAddress("127.0.0.1", 1);
        assertThatIllegalArgumentException().isThrownBy(() -> OriginProbe.ask(address, "no host", LIMIT, RANDOM));
    }

    private static Script answering(byte[]... more) {
        return socket -> {
            ByteArrayOutputStream flight = new ByteArrayOutputStream();
            flight.writeBytes(flightFor(socket));
            Arrays.stream(more).forEach(flight::writeBytes);
            socket.getOutputStream().write(flight.toByteArray());
            ScriptedServer.awaitEnd(socket);
        };
    }

    /** Reads a hello and answers with a post-quantum share and one encrypted record of 700 bytes. */
    private static byte[] flightFor(Socket socket) throws IOException {
        return ServerHelloFlight.write(
                ReceivedHello.read(socket),
                new byte[16],
                new ServerHelloFlight.Parameters(
                        0x1302,
                        KeyShareGroup.X25519_MLKEM768,
                        new byte[KeyShareGroup.X25519_MLKEM768.serverShareBytes()],
                        ExtensionOrder.KEY_SHARE_FIRST,
                        new byte[700]));
    }

    private static byte[] record(int length) {
        return record(23, new byte[length]);
    }

    private static byte[] record(int type, byte[] payload) {
        byte[] record = new byte[5 + payload.length];
        byte[] header = {(byte) type, 3, 3, (byte) (payload.length >> 8), (byte) payload.length};
        System.arraycopy(header, 0, record, 0, header.length);
        System.arraycopy(payload, 0, record, header.length, payload.length);
        return record;
    }

    private static OriginAnswer ask(InetSocketAddress address, Duration limit) throws ProbeException {
        return OriginProbe.ask(address, FakeOrigin.HOST, limit, RANDOM);
    }

    private static String fails(Fault fault, InetSocketAddress address, Duration limit) {
        return Faults.messageOf(fault, () -> ask(address, limit));
    }
}
