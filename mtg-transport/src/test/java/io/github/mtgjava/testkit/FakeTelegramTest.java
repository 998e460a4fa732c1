package io.github.mtgjava.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FakeTelegramTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private static Socket connect(FakeTelegram telegram) throws IOException {
        return new Socket(telegram.address().getAddress(), telegram.address().getPort());
    }

    private static byte[] frame(int dc) {
        return Obfuscated2Cipher.frame(
                new Random(1), ClientOptions.INTERMEDIATE, dc, Obfuscated2Cipher.NO_SECRET, true);
    }

    @Test
    void countsConnectionsAndRemembersFrames() throws IOException {
        try (FakeTelegram telegram = FakeTelegram.start()) {
            byte[] frame = frame(-203);
            try (Socket first = connect(telegram);
                    Socket second = connect(telegram)) {
                assertThat(telegram.awaitOpen(2, SOON)).isTrue();
                second.getOutputStream().write(frame);
                assertThat(telegram.awaitFrames(1, SOON)).isTrue();
                first.close();
                assertThat(telegram.awaitOpen(1, SOON)).isTrue();
            }
            assertThat(telegram.awaitOpen(0, SOON)).isTrue();
            assertThat(telegram.accepted()).isEqualTo(2);
            assertThat(telegram.frames()).singleElement().satisfies(received -> {
                assertThat(received.wire()).isEqualTo(frame);
                assertThat(received.signedDc()).isEqualTo(-203);
                assertThat(received.tag()).isEqualTo(ClientOptions.INTERMEDIATE);
            });
            telegram.assertHealthy();
        }
    }

    @Test
    void givesUpWaitingInTime() throws IOException {
        try (FakeTelegram telegram = FakeTelegram.start()) {
            assertThat(telegram.awaitOpen(1, Duration.ofMillis(20))).isFalse();
            assertThat(telegram.awaitFrames(1, Duration.ofMillis(20))).isFalse();
            assertThat(telegram.awaitAccepted(1, Duration.ZERO)).isFalse();
        }
    }

    @Test
    void reportsFramesTelegramWouldNotUnderstand() throws IOException {
        byte[] unknownTag = new byte[64];
        byte[] forbidden = frame(2);
        forbidden[0] = (byte) 0xef;
        for (byte[] frame : new byte[][] {unknownTag, forbidden}) {
            FakeTelegram telegram = FakeTelegram.start();
            try (Socket socket = connect(telegram)) {
                socket.getOutputStream().write(frame);
                assertThat(socket.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(telegram.awaitOpen(0, SOON)).isTrue();
            assertThatThrownBy(telegram::assertHealthy).isInstanceOf(AssertionError.class);
            assertThatThrownBy(telegram::close).isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void closesHeldAndIdleConnections() throws IOException {
        FakeTelegram telegram = FakeTelegram.start();
        byte[] frame = frame(2);
        try (Socket held = connect(telegram);
                Socket idle = connect(telegram)) {
            held.getOutputStream().write(frame);
            Obfuscated2Cipher cipher = new Obfuscated2Cipher(frame, Obfuscated2Cipher.NO_SECRET);
            held.getOutputStream().write(cipher.uplink().update(Command.hold().encode()));
            assertThat(telegram.awaitFrames(1, SOON)).isTrue();
            assertThat(telegram.awaitOpen(2, SOON)).isTrue();
            assertThatCode(telegram::close).doesNotThrowAnyException();
            assertThat(telegram.open()).isZero();
            assertThat(readEnd(idle)).isEqualTo(-1);
            assertThatCode(telegram::close).doesNotThrowAnyException();
        }
    }

    @Test
    void listensOnIpv6WhenAsked() throws IOException {
        InetAddress loopback = InetAddress.getByName("::1");
        assumeThat(hasAddress(loopback)).isTrue();
        try (FakeTelegram telegram = FakeTelegram.start(loopback)) {
            assertThat(telegram.address().getAddress()).isEqualTo(loopback);
            connect(telegram).close();
            assertThat(telegram.awaitAccepted(1, SOON)).isTrue();
        }
    }

    private static int readEnd(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read();
        } catch (SocketException e) {
            return -1;
        }
    }

    private static boolean hasAddress(InetAddress address) throws IOException {
        return NetworkInterface.getByInetAddress(address) != null;
    }
}
