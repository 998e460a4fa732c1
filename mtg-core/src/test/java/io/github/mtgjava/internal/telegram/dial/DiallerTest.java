package io.github.mtgjava.internal.telegram.dial;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.mtgjava.Socks5Server;
import io.github.mtgjava.internal.LogRecorder;
import io.github.mtgjava.testkit.ManualTicker;
import io.github.mtgjava.transport.nio.BufferBudget;
import io.github.mtgjava.transport.nio.EventLoop;
import io.github.mtgjava.transport.nio.Route;
import io.github.mtgjava.transport.nio.SocketOptions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In what order ways are tried; that they are, the socket tests show. */
class DiallerTest {

    private static final InetSocketAddress ONE = new InetSocketAddress("192.0.2.1", 443);
    private static final InetSocketAddress OTHER = new InetSocketAddress("192.0.2.2", 443);
    private static final InetSocketAddress FIRST_HOP = new InetSocketAddress("198.51.100.1", 1080);
    private static final InetSocketAddress SECOND_HOP = new InetSocketAddress("198.51.100.2", 1080);

    private final LogRecorder log = LogRecorder.of(Dialler.class);
    private final ManualTicker ticker = new ManualTicker();
    private final SocksHop server = new SocksHop(
            Socks5Server.at(InetSocketAddress.createUnresolved("socks.test", 1080))
                    .withLogin("alice", "sesame"),
            host -> List.of(),
            Runnable::run,
            ticker);
    private EventLoop loop;
    private Dialler dialler;

    @BeforeEach
    void start() throws IOException {
        loop = new EventLoop("dialler-test", ticker, failure -> {}, BufferBudget.unlimited());
        loop.start();
        dialler = new Dialler(loop, Duration.ofSeconds(10), SocketOptions.AUTOTUNED, List.of(server));
    }

    @AfterEach
    void stop() throws InterruptedException {
        loop.shutdown();
        assertThat(loop.join(20_000)).isTrue();
        log.close();
    }

    private Route route(InetSocketAddress address, InetSocketAddress hop) {
        return server.route(address, hop);
    }

    /** One whose server has let us in and was asked to connect. */
    private Route asked(InetSocketAddress address, InetSocketAddress hop) {
        SocksOpening opening = (SocksOpening) route(address, hop).opening();
        opening.read(ByteBuffer.wrap(new byte[] {5, 0}));
        return new Route(address, hop, opening);
    }

    @Test
    void addressesThatFailedAreTriedLast() {
        List<Route> routes = List.of(Route.direct(ONE), Route.direct(OTHER));
        assertThat(dialler.inOrder(routes)).isEqualTo(routes);
        dialler.failed(Route.direct(ONE), "no answer");
        assertThat(dialler.inOrder(routes)).containsExactly(Route.direct(OTHER), Route.direct(ONE));
        dialler.failed(Route.direct(OTHER), "no answer");
        assertThat(dialler.inOrder(routes)).isEqualTo(routes);
        dialler.succeeded(Route.direct(OTHER));
        assertThat(dialler.inOrder(routes)).containsExactly(Route.direct(OTHER), Route.direct(ONE));
        assertThat(log.messages(Level.WARN)).isEmpty();
    }

    @Test
    void aServerThatFailedIsTriedLastForEveryAddress() {
        Route oneByFirst = route(ONE, FIRST_HOP);
        Route oneBySecond = route(ONE, SECOND_HOP);
        Route otherByFirst = route(OTHER, FIRST_HOP);
        Route otherBySecond = route(OTHER, SECOND_HOP);
        dialler.failed(oneByFirst, "refused");
        assertThat(dialler.inOrder(List.of(oneByFirst, oneBySecond, otherByFirst, otherBySecond)))
                .containsExactly(oneBySecond, otherBySecond, oneByFirst, otherByFirst);
        dialler.succeeded(otherByFirst);
        assertThat(dialler.inOrder(List.of(oneByFirst, oneBySecond))).containsExactly(oneByFirst, oneBySecond);
    }

    @Test
    void aServerThatCouldNotReachAnAddressIsTriedLastForThatOneOnly() {
        Route oneByFirst = route(ONE, FIRST_HOP);
        Route oneBySecond = route(ONE, SECOND_HOP);
        Route otherByFirst = route(OTHER, FIRST_HOP);
        dialler.failed(asked(ONE, FIRST_HOP), "host unreachable");
        assertThat(dialler.inOrder(List.of(oneByFirst, oneBySecond, otherByFirst)))
                .containsExactly(oneBySecond, otherByFirst, oneByFirst);
        dialler.failed(route(ONE, SECOND_HOP), "refused");
        assertThat(dialler.inOrder(List.of(oneBySecond, oneByFirst))).containsExactly(oneByFirst, oneBySecond);
    }

    /** Such as one that is overloaded: every client would fill a line. */
    @Test
    void aServerThatFailsEveryOtherTimeIsNoNews() {
        for (int i = 0; i < 100; i++) {
            dialler.failed(route(ONE, FIRST_HOP), "closed");
            dialler.succeeded(route(ONE, FIRST_HOP));
        }
        assertThat(log.messages(Level.WARN)).hasSize(1);
    }

    @Test
    void warnsOnceOfAServerThatFailsAndShowsNoLogin() {
        dialler.failed(route(ONE, FIRST_HOP), "refused");
        dialler.failed(route(OTHER, FIRST_HOP), "refused");
        dialler.failed(asked(ONE, SECOND_HOP), "host unreachable");
        assertThat(log.messages(Level.WARN)).hasSize(1);
        assertThat(log.keyValues())
                .singleElement()
                .asString()
                .contains("198.51.100.1 port 1080", "refused")
                .doesNotContain("alice", "sesame");
    }
}
