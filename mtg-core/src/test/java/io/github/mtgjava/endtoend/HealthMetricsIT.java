package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.spi.Ending;
import io.github.mtgjava.spi.ProxyObserver;
import io.github.mtgjava.testkit.FakeClient;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.micrometer.core.instrument.FunctionCounter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The meters that tell how the proxy itself is doing. */
class HealthMetricsIT {

    private final Meters meters = new Meters();

    private RunningCase start(Mode mode) throws IOException {
        return RunningCase.start(mode, builder -> builder.addObserver(meters.observer()));
    }

    @Test
    void theReplayCacheGrowsWithWhatItRemembers() throws Exception {
        try (RunningCase running = start(Mode.SIMPLE)) {
            double before = meters.value("replay_cache");
            // Its tables double: not every handshake makes it larger.
            for (int i = 0; i < 100 && meters.value("replay_cache") == before; i++) {
                try (FakeClient client = running.client().connect()) {
                    client.echo(new byte[1]);
                }
            }
            assertThat(meters.value("replay_cache")).isGreaterThan(before);
        }
    }

    @Test
    void whateverHoldsALoopUpIsLag() throws Exception {
        long millis = 50;
        ProxyObserver lingering = new ProxyObserver() {
            @Override
            public void accepted(long connection, InetSocketAddress client) {
                try {
                    boolean never = new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
                    assert !never;
                } catch (InterruptedException interrupted) {
                    throw new AssertionError(interrupted);
                }
            }
        };
        try (RunningCase running = RunningCase.start(
                        Mode.SECURED,
                        builder -> builder.addObserver(meters.observer()).addObserver(lingering));
                FakeClient client = running.client().connect()) {
            client.echo(new byte[1]);
            running.await("it is felt", () -> meters.value("loop_lag") >= millis / 1e3);
            assertThat(meters.value("loop_lag")).isLessThan(RunningCase.LIMIT.toSeconds());
        }
    }

    @Test
    void whatObserversThrowIsCounted() throws Exception {
        ProxyObserver faulty = new ProxyObserver() {
            @Override
            public void closed(Ending ending) {
                throw new IllegalStateException("a fault on purpose");
            }
        };
        try (RunningCase running = RunningCase.start(
                Mode.SECURED, builder -> builder.addObserver(faulty).addObserver(meters.observer()))) {
            for (int i = 1; i <= 3; i++) {
                int failures = i;
                running.client().openSocket().close();
                running.await("it is counted", () -> meters.value("observer_failures") == failures);
            }
            assertThat(meters.value("crashes")).isZero();
        }
    }

    @Test
    void whatAnObserverWasTooSlowForIsCounted() throws Exception {
        BlockingObserver blocking = new BlockingObserver();
        try (RunningCase running = RunningCase.start(
                Mode.SECURED, builder -> builder.addObserver(meters.observer()).addObserver(blocking.observer()))) {
            FunctionCounter drops = meters.counter("observer_drops");
            try (FakeClient client = running.client().connect()) {
                client.echo(new byte[1]);
                assertThat(blocking.awaitStuck()).isTrue();
                assertThat(drops.count()).isZero();
            }
            // Waiting for it: the connection to Telegram, the client's end. The proxy does not wait for ever.
            running.events.awaitEvent("closed 1 CLIENT_CLOSED");
            running.proxy.stop(Duration.ZERO);
            assertThat(drops.count()).isGreaterThanOrEqualTo(2);
        } finally {
            blocking.release();
        }
    }

    @Test
    void nothingIsMeasuredAnyMoreAfterTheStop() throws Exception {
        try (RunningCase running = start(Mode.SECURED)) {
            assertThat(meters.isEmpty()).isFalse();
            running.proxy.stop(Duration.ZERO);
            assertThat(meters.isEmpty()).isTrue();
        }
    }
}
