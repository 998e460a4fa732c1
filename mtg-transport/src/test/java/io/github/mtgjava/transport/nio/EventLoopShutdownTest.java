package io.github.mtgjava.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a loop ends: nothing that lived on it stays behind, and everybody is told. */
final class EventLoopShutdownTest {
    private TestLoop loop;

    @BeforeEach
    void start() throws Exception {
        loop = new TestLoop();
    }

    @AfterEach
    void end() throws Exception {
        loop.close();
    }

    private void shutDownAndWait() throws InterruptedException {
        loop.loop().shutdown();
        assertThat(loop.loop().join(TestLoop.LIMIT_MILLIS)).isTrue();
    }

    @Test
    void closesConnectionsAndTellsTheirHandlersOnce() throws Exception {
        RecordingHandler first = new RecordingHandler();
        RecordingHandler second = new RecordingHandler();
        try (SocketPair one = new SocketPair();
                SocketPair two = new SocketPair()) {
            loop.run(() -> {
                TcpConnection.open(loop.loop(), one.ours(), first, false);
                TcpConnection jammed = TcpConnection.open(loop.loop(), two.ours(), second, true);
                jammed.write(ByteBuffer.allocate(2_000_000));
            });
            shutDownAndWait();

            assertThat(first.events()).containsExactly("failed");
            assertThat(second.events()).containsExactly("failed");
            assertThat(one.receive()).isEqualTo(-1);
            assertThat(two.ours().isOpen()).isFalse();
            assertThat(loop.loop().pool().bytesInUse()).isZero();
        }
    }

    @Test
    void saysNothingOfAConnectionThatItsUserHasClosed() throws Exception {
        RecordingHandler handler = new RecordingHandler();
        try (SocketPair sockets = new SocketPair()) {
            loop.run(() -> TcpConnection.open(loop.loop(), sockets.ours(), handler, false)
                    .close());
            shutDownAndWait();
            assertThat(handler.events()).isEmpty();
        }
    }

    @Test
    void endsAfterARequestFromItsOwnThread() throws Exception {
        loop.run(() -> {
            loop.loop().shutdown();
            loop.loop().shutdown();
        });
        assertThat(loop.loop().join(TestLoop.LIMIT_MILLIS)).isTrue();
        assertThat(loop.loop().isRunning()).isFalse();
    }

    @Test
    void isJoinedInVainWhileItRuns() throws Exception {
        assertThat(loop.loop().isRunning()).isTrue();
        assertThat(loop.loop().join(0)).isFalse();
    }

    @Test
    void toleratesPostsAndWakeUpsAfterItsEnd() throws Exception {
        shutDownAndWait();
        loop.loop().execute(() -> {});
        loop.advance(Duration.ofSeconds(1));
        loop.loop().shutdown();
    }

    @Test
    void runsEveryTaskThatWasPostedBefore() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        CountDownLatch posted = new CountDownLatch(1);
        loop.loop().execute(() -> await(posted));
        for (int i = 0; i < 5000; i++) {
            loop.loop().execute(ran::incrementAndGet);
        }
        loop.loop().shutdown();
        posted.countDown();
        assertThat(loop.loop().join(TestLoop.LIMIT_MILLIS)).isTrue();
        assertThat(ran).hasValue(5000);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(TestLoop.LIMIT_MILLIS, TimeUnit.MILLISECONDS))
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void closesWhatIsOpenedWhileItEnds() throws Exception {
        RecordingHandler late = new RecordingHandler();
        try (SocketPair sockets = new SocketPair();
                SocketPair lateSockets = new SocketPair()) {
            RecordingHandler stubborn = new RecordingHandler() {
                @Override
                public void onFailed(TcpConnection connection) {
                    connection.loop().execute(() -> reopen(lateSockets, late));
                }
            };
            loop.run(() -> TcpConnection.open(loop.loop(), sockets.ours(), stubborn, false));
            shutDownAndWait();

            assertThat(late.events()).containsExactly("failed");
            assertThat(lateSockets.receive()).isEqualTo(-1);
        }
    }

    private void reopen(SocketPair sockets, ConnectionHandler handler) {
        try {
            TcpConnection.open(loop.loop(), sockets.ours(), handler, false);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void endsThoughATaskPostsItselfForEver() throws Exception {
        Runnable[] again = new Runnable[1];
        again[0] = () -> loop.loop().execute(again[0]);
        loop.loop().execute(again[0]);
        shutDownAndWait();
    }

    @Test
    void closesItsListenersWhenItBreaks() throws Exception {
        AtomicBoolean broken = new AtomicBoolean();
        Ticker ticker = () -> {
            if (broken.get()) {
                throw new IllegalStateException("no clock any more");
            }
            return 0;
        };
        BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
        EventLoop breaking = new EventLoop("breaking", ticker, failures::add, BufferBudget.unlimited());
        breaking.start();
        ServerSocketChannel listener = Acceptor.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
        breaking.execute(() -> {
            try {
                Acceptor.start(breaking, listener, SocketOptions.AUTOTUNED, channel -> {});
            } catch (IOException e) {
                throw new AssertionError(e);
            }
            broken.set(true);
        });
        assertThat(breaking.join(TestLoop.LIMIT_MILLIS)).isTrue();
        assertThat(failures).singleElement().isInstanceOf(IllegalStateException.class);
        assertThat(breaking.isRunning()).isFalse();
        assertThat(listener.isOpen()).isFalse();
    }
}
