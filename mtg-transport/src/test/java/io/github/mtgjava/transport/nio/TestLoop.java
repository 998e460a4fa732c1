package io.github.mtgjava.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.testkit.ManualTicker;
import java.nio.channels.SelectableChannel;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
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
    private final Doorbell bell;

    TestLoop() throws Exception {
        this(BufferBudget.unlimited());
    }

    TestLoop(BufferBudget budget) throws Exception {
        loop = new EventLoop("test-loop", ticker, failures::add, budget);
        loop.start();
        bell = call(() -> new Doorbell(loop));
    }

    EventLoop loop() {
        return loop;
    }

    void advance(Duration step) {
        ticker.advance(step);
    }

    /** Runs something on the loop and waits for what it returns. */
    <T> T call(Callable<T> task) throws Exception {
        return post(task).get(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Runs something on the loop and waits for nothing. */
    <T> Future<T> post(Callable<T> task) {
        FutureTask<T> future = new FutureTask<>(task);
        loop.execute(future);
        return future;
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
        // Tasks would not do: several of them run in one turn, without a look at the sockets in between.
        for (int i = 0; i < 3; i++) {
            bell.ring();
        }
    }

    /** What the loop waits for on a channel: a wait that is forgotten there lets it spin, which nothing else shows. */
    int interest(SelectableChannel channel) throws Exception {
        return call(() -> channel.keyFor(bell.selector()).interestOps());
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
