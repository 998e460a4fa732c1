package io.github.mtgjava.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.testkit.ManualTicker;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PulseTest {

    private final ManualTicker ticker =
            new ManualTicker(Long.MAX_VALUE - Duration.ofSeconds(3).toNanos());
    private final Pulse pulse = new Pulse(ticker);

    private void turn(Duration busy) {
        long began = ticker.nanos();
        ticker.advance(busy);
        pulse.beat(began);
    }

    private Duration lag() {
        return Duration.ofNanos(pulse.lagNanos());
    }

    private Duration silence() {
        return Duration.ofNanos(pulse.silenceNanos());
    }

    @Test
    void isSilentSinceTheLastTurn() {
        assertThat(silence()).isZero();
        ticker.advance(Duration.ofSeconds(7));
        assertThat(silence()).isEqualTo(Duration.ofSeconds(7));
        turn(Duration.ofMillis(1));
        assertThat(silence()).isZero();
    }

    @Test
    void remembersTheLongestTurnForTenToTwentySeconds() {
        turn(Duration.ofMillis(30));
        turn(Duration.ofMillis(80));
        turn(Duration.ofMillis(50));
        assertThat(lag()).isEqualTo(Duration.ofMillis(80));
        ticker.advance(Duration.ofMillis(9_900));
        turn(Duration.ofMillis(2));
        ticker.advance(Duration.ofMillis(9_000));
        turn(Duration.ofMillis(3));
        assertThat(lag()).isEqualTo(Duration.ofMillis(80));
        ticker.advance(Duration.ofMillis(1_500));
        pulse.beat(ticker.nanos());
        assertThat(lag()).isEqualTo(Duration.ofMillis(3));
    }

    @Test
    void forgetsEverythingInALongPause() {
        turn(Duration.ofMillis(80));
        ticker.advance(Duration.ofSeconds(25));
        pulse.beat(ticker.nanos());
        assertThat(lag()).isZero();
    }

    @Test
    void countsATurnThatIsNotOverYet() {
        ticker.advance(Duration.ofMillis(900));
        assertThat(lag()).as("it may be asleep").isZero();
        ticker.advance(Duration.ofMillis(3_100));
        assertThat(lag()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void isNotSilentOnceItHasToEnd() {
        ticker.advance(Duration.ofSeconds(7));
        pulse.end();
        assertThat(silence()).isZero();
    }

    @Test
    void aLoopWithNothingToDoTurnsAllTheSame() throws Exception {
        EventLoop loop = new EventLoop("test-idle", Ticker.system(), failure -> {}, BufferBudget.unlimited());
        loop.start();
        try {
            long firstTurn = System.nanoTime() - loop.pulse().silenceNanos();
            long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            while (System.nanoTime() - loop.pulse().silenceNanos() - firstTurn < 100_000_000) {
                assertThat(deadline - System.nanoTime()).as("time left").isPositive();
                Thread.onSpinWait();
            }
        } finally {
            loop.shutdown();
            assertThat(loop.join(TestLoop.LIMIT_MILLIS)).isTrue();
        }
    }

    @Test
    void aLoopThatIsHeldUpFallsSilent() throws Exception {
        try (TestLoop loop = new TestLoop()) {
            CountDownLatch held = new CountDownLatch(1);
            CountDownLatch goOn = new CountDownLatch(1);
            loop.post(() -> {
                held.countDown();
                return goOn.await(TestLoop.LIMIT_MILLIS, TimeUnit.MILLISECONDS);
            });
            assertThat(held.await(TestLoop.LIMIT_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
            loop.advance(Duration.ofSeconds(6));
            assertThat(loop.loop().pulse().silenceNanos())
                    .isEqualTo(Duration.ofSeconds(6).toNanos());
            goOn.countDown();
            loop.settle();
            assertThat(loop.loop().pulse().silenceNanos()).isZero();
            assertThat(loop.loop().pulse().lagNanos())
                    .isEqualTo(Duration.ofSeconds(6).toNanos());
        }
    }
}
