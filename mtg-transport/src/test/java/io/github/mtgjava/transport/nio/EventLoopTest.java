package io.github.mtgjava.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EventLoopTest {
    private TestLoop loop;

    @BeforeEach
    void start() throws Exception {
        loop = new TestLoop();
    }

    @AfterEach
    void end() throws Exception {
        loop.close();
    }

    private static void throwOnPurpose() {
        throw new IllegalStateException("on purpose");
    }

    private TcpConnection open(SocketPair sockets, ConnectionHandler handler) throws Exception {
        return loop.call(() -> TcpConnection.open(loop.loop(), sockets.ours(), handler, false));
    }

    @Test
    void runsTheTasksOfEveryThreadInTheirOrder() throws Exception {
        int threads = 4;
        int tasks = 5000;
        List<List<Integer>> ran = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(threads * tasks);
        AtomicInteger elsewhere = new AtomicInteger();
        for (int i = 0; i < threads; i++) {
            List<Integer> own = new ArrayList<>();
            ran.add(own);
            Runnable poster = () -> {
                for (int j = 0; j < tasks; j++) {
                    int number = j;
                    loop.loop().execute(() -> {
                        own.add(number);
                        elsewhere.addAndGet(loop.loop().inEventLoop() ? 0 : 1);
                        done.countDown();
                    });
                }
            };
            new Thread(poster, "poster-" + i).start();
        }
        assertThat(done.await(TestLoop.LIMIT_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
        assertThat(ran).allSatisfy(own -> assertThat(own).hasSize(tasks).isSorted());
        assertThat(elsewhere).hasValue(0);
        assertThat(loop.loop().inEventLoop()).isFalse();
    }

    @Test
    void runsATaskPostedOnTheLoopLaterAndNotInsideThePost() throws Exception {
        List<String> order = new ArrayList<>();
        loop.run(() -> {
            loop.loop().execute(() -> order.add("posted"));
            order.add("poster");
        });
        loop.settle();
        assertThat(order).containsExactly("poster", "posted");
    }

    @Test
    void reportsATaskThatThrowsAndGoesOn() throws Exception {
        loop.loop().execute(EventLoopTest::throwOnPurpose);
        loop.loop().execute(() -> {
            throw new AssertionError("an error, too");
        });
        assertThat(loop.nextFailure()).isInstanceOf(IllegalStateException.class);
        assertThat(loop.nextFailure()).isInstanceOf(AssertionError.class);
        assertThat(loop.call(() -> 42)).isEqualTo(42);
    }

    @Test
    void reportsATimerThatThrowsAndGoesOn() throws Exception {
        loop.run(() -> {
            loop.loop()
                    .schedule(
                            new Timer(EventLoopTest::throwOnPurpose),
                            loop.loop().now());
        });
        loop.advance(Duration.ofSeconds(1));
        assertThat(loop.nextFailure()).isInstanceOf(IllegalStateException.class);
        assertThat(loop.call(() -> 42)).isEqualTo(42);
    }

    @Test
    void endsTheConnectionWhoseHandlerThrowsAndNoOther() throws Exception {
        RecordingHandler throwing = new RecordingHandler() {
            @Override
            public void onReadable(TcpConnection connection) {
                throwOnPurpose();
            }
        };
        RecordingHandler other = new RecordingHandler();
        try (SocketPair doomed = new SocketPair();
                SocketPair healthy = new SocketPair()) {
            open(doomed, throwing);
            open(healthy, other);
            doomed.peer().shutdownOutput();
            assertThat(loop.nextFailure()).isInstanceOf(IllegalStateException.class);
            assertThat(throwing.next()).isEqualTo("failed");
            assertThat(doomed.receive()).isEqualTo(-1);

            healthy.send((byte) 1);
            assertThat(other.awaitReceived(1)).containsExactly(1);
            assertThat(throwing.events()).isEmpty();
            assertThat(other.events()).isEmpty();
        }
    }

    @Test
    void reportsAHandlerThatThrowsEvenWhenItIsToldOfItsEnd() throws Exception {
        RecordingHandler throwing = new RecordingHandler() {
            @Override
            public void onReadable(TcpConnection connection) {
                throwOnPurpose();
            }

            @Override
            public void onFailed(TcpConnection connection) {
                throw new AssertionError("again");
            }
        };
        try (SocketPair sockets = new SocketPair()) {
            open(sockets, throwing);
            sockets.send((byte) 1);
            assertThat(loop.nextFailure()).isInstanceOf(IllegalStateException.class);
            assertThat(loop.nextFailure()).isInstanceOf(AssertionError.class);
        }
        assertThat(loop.call(() -> 42)).isEqualTo(42);
    }

    @Test
    void tasksThatPostTasksStarveNeitherSocketsNorTimers() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        Runnable[] again = new Runnable[1];
        again[0] = () -> {
            if (!enough.get()) {
                loop.loop().execute(again[0]);
            }
        };
        CountDownLatch fired = new CountDownLatch(1);
        RecordingHandler handler = new RecordingHandler();
        try (SocketPair sockets = new SocketPair()) {
            open(sockets, handler);
            loop.run(() -> loop.loop()
                    .schedule(new Timer(fired::countDown), loop.loop().now()));
            loop.loop().execute(again[0]);

            sockets.send((byte) 1);
            assertThat(handler.awaitReceived(1)).containsExactly(1);
            loop.advance(Duration.ofSeconds(1));
            assertThat(fired.await(TestLoop.LIMIT_MILLIS, TimeUnit.MILLISECONDS))
                    .isTrue();
        } finally {
            enough.set(true);
        }
    }

    @Test
    void looksAtItsTimersWhenTheClockJumps() throws Exception {
        CountDownLatch fired = new CountDownLatch(1);
        long deadline = loop.call(() -> {
            long then = loop.loop().now() + Duration.ofHours(1).toNanos();
            loop.loop().schedule(new Timer(fired::countDown), then);
            return then;
        });
        loop.advance(Duration.ofHours(1).minusNanos(1));
        loop.settle();
        assertThat(fired.getCount()).isOne();

        loop.advance(Duration.ofMillis(20));
        assertThat(fired.await(TestLoop.LIMIT_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
        assertThat(loop.call(loop.loop()::now)).isGreaterThanOrEqualTo(deadline);
    }

    @Test
    void firesByTheSystemsClockAndNeverEarly() throws Exception {
        EventLoop other = new EventLoop("system-clock", Ticker.system(), failure -> {}, BufferBudget.unlimited());
        other.start();
        CountDownLatch fired = new CountDownLatch(1);
        long[] times = new long[2];
        Timer timer = new Timer(() -> {
            times[1] = System.nanoTime();
            fired.countDown();
        });
        other.execute(() -> {
            times[0] = other.now() + Duration.ofMillis(50).toNanos();
            other.schedule(timer, times[0]);
        });
        assertThat(fired.await(TestLoop.LIMIT_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
        assertThat(times[1] - times[0]).isNotNegative();
        other.shutdown();
        assertThat(other.join(TestLoop.LIMIT_MILLIS)).isTrue();
    }

    @Test
    void runsWhatWasPostedBeforeTheStart() throws Exception {
        EventLoop other = new EventLoop("late", Ticker.system(), failure -> {}, BufferBudget.unlimited());
        CountDownLatch ran = new CountDownLatch(1);
        other.execute(ran::countDown);
        other.start();
        assertThat(ran.await(TestLoop.LIMIT_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
        other.shutdown();
        assertThat(other.join(TestLoop.LIMIT_MILLIS)).isTrue();
    }

    @Test
    void carriesALoad() {
        loop.loop().addLoad(3);
        loop.loop().addLoad(-1);
        assertThat(loop.loop().load()).isEqualTo(2);
    }

    @Test
    void lendsAReadBufferOfTheStatedSize() throws Exception {
        ByteBuffer buffer = loop.call(loop.loop()::readBuffer);
        assertThat(buffer.capacity()).isEqualTo(EventLoop.READ_BUFFER_BYTES);
        assertThat(buffer.isDirect()).isTrue();
    }
}
