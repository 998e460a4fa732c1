package io.github.mtgjava.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.testkit.ClosedPort;
import io.github.mtgjava.testkit.SilentPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class DialTest {
    private static final Duration HEAD_START = Duration.ofMillis(250);
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final Duration TICK = Duration.ofNanos(TimerWheel.TICK_NANOS);
    private static final Dial.Settings SETTINGS =
            new Dial.Settings(HEAD_START.toNanos(), DEADLINE.toNanos(), SocketOptions.AUTOTUNED);

    private final RecordingDialHandler handler = new RecordingDialHandler();
    private TestLoop loop;
    private ServerSocketChannel listener;
    private ClosedPort closedPort;

    @BeforeEach
    void start() throws Exception {
        loop = new TestLoop();
        listener = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
        closedPort = ClosedPort.reserve();
    }

    @AfterEach
    void end() throws Exception {
        loop.close();
        listener.close();
        closedPort.close();
    }

    private Dial dial(InetSocketAddress... addresses) throws Exception {
        return dial(handler, addresses);
    }

    private Dial dial(DialHandler to, InetSocketAddress... addresses) throws Exception {
        return loop.call(() -> Dial.start(loop.loop(), routes(List.of(addresses)), SETTINGS, to));
    }

    private static List<Route> routes(List<InetSocketAddress> addresses) {
        return addresses.stream().map(Route::direct).toList();
    }

    private InetSocketAddress answering() throws IOException {
        return (InetSocketAddress) listener.getLocalAddress();
    }

    private InetSocketAddress refusing() {
        return closedPort.address();
    }

    private void assertNothingHappened() throws Exception {
        loop.settle();
        assertThat(handler.events()).isEmpty();
    }

    private void assertConnectedTo(InetSocketAddress address) throws Exception {
        assertThat(handler.next()).isEqualTo("connected");
        assertThat(handler.address()).isEqualTo(address);
        assertThat(handler.channel().isConnected()).isTrue();
        assertThat(handler.channel().getRemoteAddress()).isEqualTo(address);
        assertNothingHappened();
        handler.channel().close();
    }

    @Test
    void connectsToAnAddressThatAnswers() throws Exception {
        dial(answering());
        assertThat(handler.next()).isEqualTo("connected");
        try (SocketChannel channel = handler.channel()) {
            assertThat(channel.isBlocking()).isFalse();
            assertThat(channel.getOption(StandardSocketOptions.TCP_NODELAY)).isTrue();
            assertThat(channel.getRemoteAddress()).isEqualTo(answering());
        }
    }

    @Test
    void tellsOfItsSuccessOnceThoughTheChannelIsLeftAlone() throws Exception {
        dial(answering(), refusing());
        assertThat(handler.next()).isEqualTo("connected");
        assertThat(loop.interest(handler.channel())).isZero();
        try (SocketChannel peer = listener.accept()) {
            assertNothingHappened();
            // The selector reports a reset to whoever is still registered, whatever for.
            peer.setOption(StandardSocketOptions.SO_LINGER, 0);
        }
        loop.advance(DEADLINE.plus(TICK));
        assertNothingHappened();
        assertThat(handler.channel().isOpen()).isTrue();
        handler.channel().close();
    }

    @Test
    void leavesAChannelThatBecomesAConnectionInsideTheCallback() throws Exception {
        RecordingHandler connectionHandler = new RecordingHandler();
        RecordingDialHandler opening = new RecordingDialHandler() {
            @Override
            public void onConnected(SocketChannel channel, Route route) {
                open(channel, connectionHandler);
                super.onConnected(channel, route);
            }
        };
        dial(opening, answering());
        try (SocketChannel peer = listener.accept()) {
            assertThat(opening.next()).isEqualTo("connected");
            peer.write(ByteBuffer.wrap(new byte[] {1, 2}));
            assertThat(connectionHandler.awaitReceived(2)).containsExactly(1, 2);
        }
        assertThat(connectionHandler.next()).isEqualTo("end");
        assertThat(opening.events()).isEmpty();
    }

    @Test
    void leavesAChannelThatBecomesAConnectionLater() throws Exception {
        dial(answering());
        assertThat(handler.next()).isEqualTo("connected");
        RecordingHandler connectionHandler = new RecordingHandler();
        loop.run(() -> open(handler.channel(), connectionHandler));
        try (SocketChannel peer = listener.accept()) {
            peer.write(ByteBuffer.wrap(new byte[] {1, 2}));
            assertThat(connectionHandler.awaitReceived(2)).containsExactly(1, 2);
        }
    }

    private void open(SocketChannel channel, ConnectionHandler connectionHandler) {
        try {
            TcpConnection.open(loop.loop(), channel, connectionHandler, false);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void usesTheNextAddressAtOnceWhenOneRefuses() throws Exception {
        dial(refusing(), refusing(), answering());
        assertConnectedTo(answering());
    }

    @Test
    void skipsAnAddressThatCannotBeDialledAtAll() throws Exception {
        dial(InetSocketAddress.createUnresolved("nowhere.invalid", 443), answering());
        assertConnectedTo(answering());
    }

    @Test
    void triesTheNextAddressBesideASilentOneAfterTheHeadStart() throws Exception {
        listener.configureBlocking(false);
        try (SilentPort silent = new SilentPort()) {
            dial(silent.address(), answering());
            loop.settle();
            loop.advance(HEAD_START.minusNanos(1));
            assertNothingHappened();
            assertThat(listener.accept()).as("not dialled yet").isNull();

            loop.advance(TICK);
            assertConnectedTo(answering());
        }
    }

    @Test
    void letsTheSilentOneStillWinAfterTheOthersRefused() throws Exception {
        try (SilentPort silent = new SilentPort()) {
            dial(silent.address(), refusing());
            loop.settle();
            loop.advance(HEAD_START.plus(TICK));
            assertNothingHappened();

            silent.answer();
            assertConnectedTo(silent.address());
        }
    }

    @Test
    void failsOnceWhenAllRefuse() throws Exception {
        dial(refusing(), refusing(), refusing());
        assertThat(handler.next()).isEqualTo("failed");
        loop.advance(DEADLINE.plus(TICK));
        assertNothingHappened();
    }

    @Test
    void failsWhenThereIsNoAddress() throws Exception {
        dial();
        assertThat(handler.next()).isEqualTo("failed");
        assertNothingHappened();
    }

    @Test
    void failsOnceWhenTheDeadlinePasses() throws Exception {
        try (SilentPort silent = new SilentPort()) {
            dial(silent.address(), silent.address());
            loop.settle();
            loop.advance(DEADLINE.minusNanos(1));
            assertNothingHappened();
            loop.advance(TICK);
            assertThat(handler.next()).isEqualTo("failed");

            silent.answer();
            loop.advance(DEADLINE);
            assertNothingHappened();
        }
    }

    @Test
    void saysNothingAfterItIsCancelledBeforeItsFirstAttempt() throws Exception {
        List<Route> routes = routes(List.of(answering()));
        loop.run(() -> Dial.start(loop.loop(), routes, SETTINGS, handler).cancel());
        loop.advance(DEADLINE.plus(TICK));
        assertNothingHappened();
    }

    @Test
    void saysNothingAfterItIsCancelledUnderWay() throws Exception {
        try (SilentPort silent = new SilentPort()) {
            Dial dial = dial(silent.address(), answering());
            loop.settle();
            loop.run(dial::cancel);
            loop.run(dial::cancel);
            loop.advance(DEADLINE.plus(TICK));
            assertNothingHappened();
        }
    }

    @Test
    void keepsTheChannelOpenWhenItIsCancelledAfterItsEnd() throws Exception {
        Dial dial = dial(answering());
        assertThat(handler.next()).isEqualTo("connected");
        loop.run(dial::cancel);
        assertNothingHappened();
        assertThat(handler.channel().isOpen()).isTrue();
        handler.channel().close();
    }

    @Test
    void neverCallsTheHandlerFromInsideStart() throws Exception {
        for (List<InetSocketAddress> addresses :
                List.of(List.<InetSocketAddress>of(), List.of(refusing()), List.of(answering()))) {
            loop.run(() -> {
                Dial.start(loop.loop(), routes(addresses), SETTINGS, handler);
                assertThat(handler.events()).isEmpty();
            });
            assertThat(handler.next()).isEqualTo(addresses.contains(answering()) ? "connected" : "failed");
        }
        handler.channel().close();
    }

    @Test
    void closesTheChannelWhenTheHandlerThrows() throws Exception {
        RecordingDialHandler throwing = new RecordingDialHandler() {
            @Override
            public void onConnected(SocketChannel channel, Route route) {
                super.onConnected(channel, route);
                throw new IllegalStateException("on purpose");
            }
        };
        dial(throwing, answering(), answering());
        assertThat(loop.nextFailure()).isInstanceOf(IllegalStateException.class);
        loop.settle();
        assertThat(throwing.events()).containsExactly("connected");
        assertThat(throwing.channel().isOpen()).isFalse();
    }

    @Test
    void failsWhenItsLoopEnds() throws Exception {
        try (SilentPort silent = new SilentPort()) {
            dial(silent.address(), silent.address());
            loop.settle();
            loop.advance(HEAD_START.plus(TICK));
            loop.settle();
            loop.loop().shutdown();
            assertThat(loop.loop().join(TestLoop.LIMIT_MILLIS)).isTrue();
            assertThat(handler.events()).containsExactly("failed");
        }
    }

    @Test
    void dialsIpv6() throws Exception {
        try (ServerSocketChannel six = Ipv6.listen()) {
            dial((InetSocketAddress) six.getLocalAddress());
            assertConnectedTo((InetSocketAddress) six.getLocalAddress());
        }
    }

    @Test
    void tellsWhichAddressesFailed() throws Exception {
        dial(refusing(), answering());
        assertConnectedTo(answering());
        assertThat(handler.failed()).containsExactly(refusing().getPort() + " after 0");
    }

    @Test
    void anAddressThatLostTheRaceHasNotFailedButIsOvertaken() throws Exception {
        try (SilentPort silent = new SilentPort()) {
            dial(silent.address(), answering());
            loop.settle();
            loop.advance(HEAD_START.plus(TICK));
            assertConnectedTo(answering());
            assertThat(handler.failed()).isEmpty();
            assertThat(handler.overtaken()).containsExactly(silent.address().getPort());
        }
    }

    @Test
    void whatIsUnansweredAtTheDeadlineHasFailed() throws Exception {
        try (SilentPort silent = new SilentPort()) {
            dial(silent.address());
            loop.settle();
            loop.advance(DEADLINE.plus(TICK));
            assertThat(handler.next()).isEqualTo("failed");
            assertThat(handler.failed())
                    .singleElement()
                    .asString()
                    .startsWith(silent.address().getPort() + " after 10");
        }
    }

    @Test
    void nobodyIsOvertakenWhoWasStartedLater() throws Exception {
        try (SilentPort first = new SilentPort();
                SilentPort second = new SilentPort()) {
            dial(first.address(), second.address());
            loop.settle();
            loop.advance(HEAD_START.plus(TICK));
            loop.settle();
            first.answer();
            assertConnectedTo(first.address());
            assertThat(handler.overtaken()).isEmpty();
        }
    }
}
