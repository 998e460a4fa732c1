package io.github.mtgjava.internal.fetch;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Time, for something that waits a lot and can be told to stop. Thread-safe. */
public interface Waiting {

    /** A monotonic clock. */
    long nanos();

    /** Waits so long; true if it was told to stop before. */
    boolean await(long nanos) throws InterruptedException;

    /** Ends all waiting, now and for ever. */
    void stop();

    /** Whether it was told to stop. */
    boolean isStopped();

    /** Real time. */
    static Waiting real() {
        CountDownLatch stopped = new CountDownLatch(1);
        return new Waiting() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public boolean await(long nanos) throws InterruptedException {
                return stopped.await(nanos, TimeUnit.NANOSECONDS);
            }

            @Override
            public void stop() {
                stopped.countDown();
            }

            @Override
            public boolean isStopped() {
                return stopped.getCount() == 0;
            }
        };
    }
}
