package io.github.mtgjava.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OriginsTest {
    private static Socket connect(InetSocketAddress address) throws IOException {
        Socket socket = new Socket(address.getAddress(), address.getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    @Test
    void servesItsPageOverTls13() throws IOException {
        try (FakeOrigin origin = FakeOrigin.start()) {
            assertThat(origin.fetch(origin.address()))
                    .startsWith("HTTP/1.1 200 OK")
                    .contains(FakeOrigin.MARKER);
            assertThat(origin.fetch(origin.address())).contains(FakeOrigin.MARKER);
            assertThat(origin.connections()).isEqualTo(2);
            assertThat(origin.certificate().getType()).isEqualTo("X.509");
            assertThat(origin.certificate().getPublicKey().getAlgorithm()).isEqualTo("EC");
        }
    }

    @Test
    void survivesVisitorsWithoutTls() throws IOException {
        try (FakeOrigin origin = FakeOrigin.start()) {
            try (Socket probe = connect(origin.address())) {
                probe.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes());
                assertThat(probe.getInputStream().read()).isIn(0x15, -1);
            }
            connect(origin.address()).close();
            assertThat(origin.fetch(origin.address())).contains(FakeOrigin.MARKER);
        }
    }

    @Test
    void recordsBytesAndTheFin() throws IOException {
        try (RecordingOrigin origin = RecordingOrigin.start();
                Socket socket = connect(origin.address())) {
            Visit visit = origin.awaitVisit(0);
            socket.getOutputStream().write(new byte[] {1, 2, 3});
            assertThat(visit.awaitBytes(2)).containsExactly(1, 2);
            socket.getOutputStream().write(new byte[] {4});
            socket.shutdownOutput();
            assertThat(visit.awaitFin()).isTrue();
            assertThat(visit.awaitReset()).isFalse();
            assertThat(visit.bytes()).containsExactly(1, 2, 3, 4);
            assertThatThrownBy(() -> visit.awaitBytes(5)).isInstanceOf(AssertionError.class);
            visit.send(new byte[] {5});
            visit.finish();
            assertThat(socket.getInputStream().readAllBytes()).containsExactly(5);
            assertThat(origin.accepted()).isEqualTo(1);
        }
    }

    @Test
    void echoesBytesAndTheFin() throws IOException {
        try (EchoOrigin origin = EchoOrigin.start();
                Socket socket = connect(origin.address())) {
            socket.getOutputStream().write(new byte[] {1, 2, 3});
            assertThat(socket.getInputStream().readNBytes(3)).containsExactly(1, 2, 3);
            socket.getOutputStream().write(4);
            socket.shutdownOutput();
            assertThat(socket.getInputStream().readAllBytes()).containsExactly(4);
        }
    }

    @Test
    void echoesUntilItGivesUp() throws IOException {
        try (EchoOrigin origin = EchoOrigin.start();
                Socket socket = connect(origin.address())) {
            assertThat(origin.giveUp()).isTrue();
            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void tellsAResetFromAFin() throws IOException {
        try (RecordingOrigin origin = RecordingOrigin.start()) {
            Socket socket = connect(origin.address());
            Visit visit = origin.awaitVisit(0);
            socket.setSoLinger(true, 0);
            socket.close();
            assertThat(visit.awaitReset()).isTrue();
            assertThat(visit.awaitFin()).isFalse();
        }
    }

    @Test
    void resetsItsVisitor() throws IOException {
        try (RecordingOrigin origin = RecordingOrigin.start();
                Socket socket = connect(origin.address())) {
            origin.awaitVisit(0).reset();
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketException.class);
        }
    }

    @Test
    void refusesConnectionsToAClosedPort() throws IOException {
        try (ClosedPort port = ClosedPort.reserve()) {
            for (int i = 0; i < 3; i++) {
                assertThatThrownBy(() -> connect(port.address()).close()).isInstanceOf(ConnectException.class);
            }
        }
    }
}
