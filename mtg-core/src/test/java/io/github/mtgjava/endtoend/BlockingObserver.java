package io.github.mtgjava.endtoend;

import io.github.mtgjava.spi.ProxyObserver;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Holds an event loop up once, for longer than an observer may, and from then on stays in each event for seconds. */
final class BlockingObserver {

    private static final long TOO_LONG_MILLIS = 1_100;

    private final AtomicBoolean first = new AtomicBoolean(true);
    private final CountDownLatch stuck = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    ProxyObserver observer() {
        return EveryEvent.to(event -> {
            // On the thread that starts the proxy, where it may take its time.
            if (!event.name().equals("started")) {
                block();
            }
        });
    }

    private void block() {
        try {
            if (first.getAndSet(false)) {
                boolean early = released.await(TOO_LONG_MILLIS, TimeUnit.MILLISECONDS);
                assert !early;
            } else {
                stuck.countDown();
                boolean inTime = released.await(RunningCase.LIMIT.toSeconds(), TimeUnit.SECONDS);
                assert inTime;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until it is in an event that it does not leave. */
    boolean awaitStuck() throws InterruptedException {
        return stuck.await(RunningCase.LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    boolean isStuck() {
        return stuck.getCount() == 0 && released.getCount() == 1;
    }

    void release() {
        released.countDown();
    }
}
