package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.Inject;
import io.github.mtgjava.IpFamily;
import io.github.mtgjava.MtProxyBuilder;
import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.FakeClient;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.ManualTicker;
import io.github.mtgjava.testkit.RecordingOrigin;
import io.github.mtgjava.testkit.Visit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Limits refuse those who are too many, count right, and let others in as soon as somebody leaves. */
@Timeout(120)
class ClientLimitIT {

    /** How many are refused politely beyond a small limit before more are closed at once. */
    private static final int REFUSED_AT_ONCE = 64;

    private static void assertServed(RunningCase running) throws IOException {
        try (FakeClient client = running.client().connect()) {
            assertThat(client.echo(new byte[10])).hasSize(10);
        }
        awaitNobody(running);
    }

    private static void awaitNobody(RunningCase running) {
        running.await("all are gone", () -> running.stats().open() == 0);
    }

    /** As the first one who does. */
    private static void assertSeesTheSite(RunningCase running, RecordingOrigin origin, Socket socket)
            throws IOException {
        byte[] hello = running.client().clientHello();
        socket.getOutputStream().write(hello);
        Visit visit = origin.awaitVisit(0);
        assertThat(visit.awaitBytes(hello.length)).isEqualTo(hello);
        visit.finish();
    }

    private static void assertSilent(Socket socket) throws IOException {
        socket.setSoTimeout(100);
        assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(SocketTimeoutException.class);
    }

    @Test
    void anAddressHasSoManyConnectionsAndGetsThemBack() throws Exception {
        try (RecordingOrigin origin = RecordingOrigin.start();
                RunningCase running = RunningCase.start(
                        Mode.TLS,
                        builder -> builder.cloakAddress(origin.address()).maxConnectionsPerAddress(2));
                FakeClient first = running.client().connect()) {
            try (FakeClient second = running.client().connect();
                    Socket third = running.client().openSocket()) {
                running.events.awaitEvent("refused 3 ADDRESS_LIMIT");
                assertSeesTheSite(running, origin, third);
                assertThat(second.echo(new byte[10])).hasSize(10);
            }
            running.await("two are gone", () -> running.stats().open() == 1);
            try (FakeClient again = running.client().connect()) {
                assertThat(again.echo(new byte[10])).hasSize(10);
            }
            assertThat(first.echo(new byte[10])).hasSize(10);
            assertThat(running.refused(RefusalReason.ADDRESS_LIMIT)).isEqualTo(1);
        }
    }

    @Test
    void withoutASiteWhoIsOneTooManyMeetsSilence() throws Exception {
        for (UnaryOperator<MtProxyBuilder> limit : List.<UnaryOperator<MtProxyBuilder>>of(
                builder -> builder.maxConnectionsPerAddress(1),
                builder -> builder.maxHandshakes(1),
                builder -> Inject.ticker(builder, new ManualTicker()).maxHandshakeRate(1))) {
            try (RunningCase running = RunningCase.start(Mode.SECURED, limit);
                    Socket first = running.client().openSocket()) {
                running.await("it is in its handshake", () -> running.stats().handshakes() == 1);
                try (Socket second = running.client().openSocket()) {
                    second.getOutputStream().write(running.client().frame());
                    running.await("it is refused", () -> refusals(running) == 1);
                    assertSilent(second);
                }
                assertThat(first.isConnected()).isTrue();
                assertThat(running.telegram.accepted()).isZero();
            }
        }
    }

    private static long refusals(RunningCase running) {
        return running.refused(RefusalReason.ADDRESS_LIMIT)
                + running.refused(RefusalReason.HANDSHAKE_LIMIT)
                + running.refused(RefusalReason.HANDSHAKE_RATE);
    }

    @Test
    void farTooManyOfAnAddressAreClosedAtOnce() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try (RunningCase running = RunningCase.start(Mode.SECURED, builder -> builder.maxConnectionsPerAddress(1))) {
            for (int i = 0; i < 1 + REFUSED_AT_ONCE; i++) {
                sockets.add(running.client().openSocket());
            }
            running.await("all but one are refused", () -> refusals(running) == REFUSED_AT_ONCE);
            assertThat(running.closed(CloseReason.REFUSED)).isZero();
            try (Socket tooMuch = running.client().openSocket()) {
                assertThat(tooMuch.getInputStream().read()).isEqualTo(-1);
            }
            for (Socket socket : sockets) {
                socket.close();
            }
            awaitNobody(running);
            assertServed(running);
        }
    }

    /** However a connection ends, its address may have another one. */
    @Test
    void everyEndGivesBack() throws Exception {
        ManualTicker ticker = new ManualTicker();
        try (RecordingOrigin origin = RecordingOrigin.start();
                RunningCase running = RunningCase.start(
                        Mode.TLS,
                        builder -> Inject.ticker(builder, ticker)
                                .cloakAddress(origin.address())
                                .maxConnectionsPerAddress(1)
                                .maxHandshakes(1))) {
            assertServed(running);
            try (FakeClient client = running.client().connect()) {
                client.reset();
            }
            awaitNobody(running);
            try (FakeClient client = running.client().withDc(77).connect()) {
                client.readEnd();
            }
            awaitNobody(running);
            try (Socket truncated = running.client().openSocket()) {
                truncated.getOutputStream().write(Arrays.copyOf(running.client().clientHello(), 100));
            }
            awaitNobodyAfterVisit(running, origin, 0);
            try (Socket noise = running.client().openSocket()) {
                noise.getOutputStream().write(new byte[100]);
                origin.awaitVisit(1).reset();
            }
            awaitNobody(running);
            try (Socket slow = running.client().openSocket()) {
                running.await("it is in its handshake", () -> running.stats().handshakes() == 1);
                ticker.advance(Duration.ofSeconds(11));
                origin.awaitVisit(2).finish();
                assertThat(slow.getInputStream().read()).isEqualTo(-1);
            }
            awaitNobody(running);
            try (Socket quitter = running.client().openSocket()) {
                quitter.setSoLinger(true, 0);
                running.await("it is in its handshake", () -> running.stats().handshakes() == 1);
            }
            awaitNobody(running);
            assertServed(running);
            assertThat(running.stats().handshakes()).isZero();
            assertThat(refusals(running)).isZero();
        }
    }

    private static void awaitNobodyAfterVisit(RunningCase running, RecordingOrigin origin, int visit)
            throws IOException {
        origin.awaitVisit(visit).finish();
        awaitNobody(running);
    }

    @Test
    void anIpv6NetworkIsOneAddressAndIpv4IsAnother() throws Exception {
        InetAddress ipv6 = Loopback.of(IpFamily.IPV6);
        try (RunningCase running = RunningCase.start(
                Mode.SECURED,
                builder -> builder.bind(new InetSocketAddress("::", 0)).maxConnectionsPerAddress(1))) {
            int port = running.proxy.address().getPort();
            byte[] key = running.secret.key();
            ClientOptions overIpv6 = ClientOptions.secured(new InetSocketAddress(ipv6, port), key);
            ClientOptions overIpv4 =
                    ClientOptions.secured(new InetSocketAddress(Loopback.of(IpFamily.IPV4), port), key);
            try (FakeClient first = overIpv6.connect();
                    FakeClient other = overIpv4.connect();
                    Socket second = overIpv6.openSocket()) {
                running.events.awaitEvent("refused 3 ADDRESS_LIMIT");
                assertThat(first.echo(new byte[10])).hasSize(10);
                assertThat(other.echo(new byte[10])).hasSize(10);
                assertSilent(second);
            }
        }
    }

    @Test
    void soManyHandshakesAreInProgress() throws Exception {
        try (RecordingOrigin origin = RecordingOrigin.start();
                RunningCase running = RunningCase.start(
                        Mode.TLS,
                        builder -> builder.cloakAddress(origin.address()).maxHandshakes(1))) {
            try (FakeClient admitted = running.client().connect()) {
                assertThat(admitted.echo(new byte[10])).hasSize(10);
                Socket idler = running.client().openSocket();
                idler.setSoLinger(true, 0);
                running.await("it is in its handshake", () -> running.stats().handshakes() == 1);
                try (Socket unlucky = running.client().openSocket()) {
                    running.events.awaitEvent("refused 3 HANDSHAKE_LIMIT");
                    assertSeesTheSite(running, origin, unlucky);
                }
                assertThat(admitted.echo(new byte[10])).as("who is in stays in").hasSize(10);
                idler.close();
            }
            running.await("nobody is in a handshake", () -> running.stats().handshakes() == 0);
            assertServed(running);
            assertThat(running.refused(RefusalReason.HANDSHAKE_LIMIT)).isEqualTo(1);
        }
    }

    @Test
    void aHandshakeIsInProgressUntilTheFrameIsThere() throws Exception {
        try (RunningCase running = RunningCase.start(Mode.TLS, builder -> builder.maxHandshakes(1));
                Socket half = running.client().openSocket()) {
            half.getOutputStream().write(running.client().clientHello());
            Hellos.readFlight(half);
            assertThat(running.stats().handshakes()).isEqualTo(1);
            try (Socket unlucky = running.client().openSocket()) {
                running.events.awaitEvent("refused 2 HANDSHAKE_LIMIT");
                assertThat(unlucky.isConnected()).isTrue();
            }
        }
    }

    @Test
    void soManyHandshakesBeginInASecond() throws Exception {
        ManualTicker ticker = new ManualTicker();
        try (RecordingOrigin origin = RecordingOrigin.start();
                RunningCase running = RunningCase.start(
                        Mode.TLS,
                        builder -> Inject.ticker(builder, ticker)
                                .cloakAddress(origin.address())
                                .maxHandshakeRate(2))) {
            assertServed(running);
            assertServed(running);
            try (Socket third = running.client().openSocket()) {
                running.events.awaitEvent("refused 3 HANDSHAKE_RATE");
                assertSeesTheSite(running, origin, third);
            }
            ticker.advance(Duration.ofMillis(600));
            assertServed(running);
            assertThat(running.refused(RefusalReason.HANDSHAKE_RATE)).isEqualTo(1);
        }
    }

    @Test
    void whoIsRefusedForAnythingElseTakesNoHandshakeFromOthers() throws Exception {
        ManualTicker ticker = new ManualTicker();
        Queue<Boolean> wanted = new ConcurrentLinkedQueue<>(List.of(false, false, false, true));
        try (RunningCase running = RunningCase.start(
                Mode.SECURED,
                builder ->
                        Inject.ticker(builder, ticker).maxHandshakeRate(1).clientFilter(client -> wanted.remove()))) {
            for (int i = 1; i <= 3; i++) {
                try (Socket unwanted = running.client().openSocket()) {
                    running.events.awaitEvent("refused " + i + " BLOCKED");
                    assertThat(unwanted.isConnected()).isTrue();
                }
            }
            assertServed(running);
        }
    }

    @Test
    void theHighestLimitIsNone() throws Exception {
        try (RunningCase running = RunningCase.start(
                Mode.SECURED,
                builder -> builder.maxConnections(Integer.MAX_VALUE)
                        .maxConnectionsPerAddress(Integer.MAX_VALUE)
                        .maxHandshakes(Integer.MAX_VALUE)
                        .maxHandshakeRate(1_000_000))) {
            assertServed(running);
        }
    }
}
