package io.github.mtgjava.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.mtgjava.ProxyStats;
import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.spi.ProxyObserver;
import io.github.mtgjava.testkit.ManualTicker;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GuardedObserverTest {

    private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.1", 5);

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final LogRecorder log = LogRecorder.of(GuardedObserver.class);
    private final ManualTicker ticker = new ManualTicker();
    private final List<Long> seen = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final List<Thread> stops = new CopyOnWriteArrayList<>();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private Duration takes = Duration.ZERO;

    private final GuardedObserver guarded = new GuardedObserver(
            new ProxyObserver() {
                @Override
                public void started(Supplier<ProxyStats> stats) {
                    stats.get();
                }

                @Override
                public void refused(long connection, InetSocketAddress client, RefusalReason reason) {
                    seen.add(connection);
                    threads.add(Thread.currentThread());
                    ticker.advance(takes);
                    takes = Duration.ZERO;
                    if (Thread.currentThread().getName().equals("mtg-observer")) {
                        await(goOn);
                    }
                }

                @Override
                public void stopped() {
                    stops.add(Thread.currentThread());
                }
            },
            ticker);

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @AfterEach
    void end() {
        goOn.countDown();
        guarded.stop(LIMIT);
        log.close();
    }

    private void refuse(long connection) {
        guarded.tell(observer -> observer.refused(connection, CLIENT, RefusalReason.REPLAY));
    }

    @Test
    void tellsNothingMoreToOneThatFailedAtTheStart() {
        guarded.start(() -> {
            throw new IllegalStateException("no figures");
        });
        refuse(1);
        guarded.stop(LIMIT);
        assertThat(seen).isEmpty();
        assertThat(stops).isEmpty();
        assertThat(guarded.failures()).isEqualTo(1);
        assertThat(log.messages(Level.WARN)).hasSize(1);
    }

    @Test
    void callsAFastObserverWhereItHappens() {
        takes = GuardedObserver.TOO_LONG;
        refuse(1);
        refuse(2);
        assertThat(seen).containsExactly(1L, 2L);
        assertThat(threads).containsOnly(Thread.currentThread());
        assertThat(log.messages(Level.WARN)).isEmpty();
    }

    @Test
    void givesASlowOneAThreadOfItsOwnAndKeepsTheOrder() {
        takes = GuardedObserver.FAR_TOO_LONG;
        refuse(1);
        for (long i = 2; i <= 1_000; i++) {
            // Would hang here if it were called on this thread.
            refuse(i);
        }
        goOn.countDown();
        guarded.stop(LIMIT);
        assertThat(seen)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 1_000).boxed().toList());
        assertThat(threads.subList(1, 1_000)).doesNotContain(Thread.currentThread());
        assertThat(stops).containsExactly(Thread.currentThread());
        assertThat(guarded.drops()).isZero();
        assertThat(log.messages(Level.WARN)).singleElement().asString().contains("1000 ms");
    }

    @Test
    void doesNotTakeAPauseOfTheJvmForSlowness() {
        for (int pause = 0; pause < 20; pause++) {
            slowly(pause);
            slowly(pause);
            ticker.advance(GuardedObserver.MEMORY.plusMillis(1));
        }
        assertThat(threads).containsOnly(Thread.currentThread());
        assertThat(log.messages(Level.WARN)).isEmpty();
    }

    @Test
    void takesSlownessThatComesAgainAndAgainForWhatItIs() {
        slowly(1);
        slowly(2);
        slowly(3);
        assertThat(log.messages(Level.WARN)).singleElement().asString().contains("101 ms");
    }

    private void slowly(long connection) {
        takes = GuardedObserver.TOO_LONG.plusMillis(1);
        refuse(connection);
    }

    @Test
    void dropsAndCountsWhatASlowOneCannotKeepUpWith() {
        takes = Duration.ofSeconds(1);
        refuse(0);
        int extra = 77;
        // One is being handled, or will be, and is not waiting any more.
        refuse(1);
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (seen.size() < 2) {
            assertThat(deadline - System.nanoTime()).as("time left").isPositive();
            Thread.onSpinWait();
        }
        for (int i = 0; i < GuardedObserver.MAX_WAITING + extra; i++) {
            refuse(i);
        }
        assertThat(guarded.drops()).isEqualTo(extra);
        goOn.countDown();
        guarded.stop(LIMIT);
        assertThat(seen).hasSize(2 + GuardedObserver.MAX_WAITING);
    }

    @Test
    void givesUpOnOneThatNeverReturns() {
        takes = Duration.ofSeconds(1);
        refuse(0);
        refuse(1);
        refuse(2);
        refuse(3);
        guarded.stop(Duration.ofMillis(10));
        assertThat(guarded.drops()).isBetween(3L, 4L);
        assertThat(stops).isEmpty();
    }
}
