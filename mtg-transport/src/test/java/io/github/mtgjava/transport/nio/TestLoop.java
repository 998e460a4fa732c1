package io.github.mtgjava.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.testkit.ManualTicker;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A running event loop whose clock stands still unless moved. Every wait is bounded; closing fails the test if something
 * was reported that the test did not ask for.
 */
final class TestLoop implements AutoCloseable {
    static final long LIMIT_MILLIS = 10_000;

    private final ManualTicker ticker = new ManualTicker();
    private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
    private final EventLoop loop;

    TestLoop() throws IOException {
        loop = new EventLoop("test-loop", ticker, failures::add);
        loop.start();
    }

    EventLoop loop() {
        return loop;
    }

    void advance(Duration step) {
        ticker.advance(step);
    }

    /** Runs something on the loop and waits for what it returns. */
    <T> T call(Callable<T> task) throws Exception {
        FutureTask<T> future = new FutureTask<>(task);
        loop.execute(future);
        return future.get(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Something to run on the loop. */
    interface Action {
        void run() throws Exception;
    }

    void run(Action action) throws Exception {
        call(() -> {
            action.run();
            return true;
        });
    }

    /** Returns after everything that was ready or due when this was called has been handled. */
    void settle() throws Exception {
        // The first task may run in a turn that had looked at the sockets before; the next ones come after another
        // look.
        for (int i = 0; i < 3; i++) {
            run(() -> {});
        }
    }

    /** Waits for the next reported failure. */
    Throwable nextFailure() throws InterruptedException {
        Throwable failure = failures.poll(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
        assertThat(failure).as("a reported failure").isNotNull();
        return failure;
    }

    @Override
    public void close() throws InterruptedException {
        loop.shutdown();
        assertThat(loop.join(LIMIT_MILLIS)).as("the loop ends").isTrue();
        assertThat(failures).as("unexpected failures").isEmpty();
    }
}
