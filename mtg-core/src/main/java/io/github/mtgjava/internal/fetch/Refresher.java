package io.github.mtgjava.internal.fetch;

import io.github.mtgjava.crypto.RandomSource;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does something over and over on a thread of its own: at an interval while it succeeds, after a failure soon, then less and
 * less often. Nothing ends that but {@link #close}. Thread-safe.
 */
public final class Refresher implements AutoCloseable {

    /** The time between the first failure and the next try. */
    public static final Duration FIRST_RETRY = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Refresher.class);

    /** What is done. */
    @FunctionalInterface
    public interface Task {
        /** Does it once; false if it has to be done again soon. */
        boolean run() throws InterruptedException;
    }

    private final Task task;
    private final Duration interval;
    private final Duration lastRetry;
    private final Jitter jitter;
    private final Waiting waiting;
    private final String threadName;
    private volatile @Nullable Thread thread;

    /**
     * Not started yet.
     *
     * @param lastRetry the longest time between two tries
     */
    public Refresher(
            String threadName, Task task, Duration interval, Duration lastRetry, Jitter jitter, Waiting waiting) {
        this.threadName = threadName;
        this.task = task;
        this.interval = interval;
        this.lastRetry = lastRetry;
        this.jitter = jitter;
        this.waiting = waiting;
    }

    /** By real time. */
    public static Refresher of(
            String threadName, Task task, Duration interval, Duration lastRetry, RandomSource random) {
        return new Refresher(threadName, task, interval, lastRetry, new Jitter(random), Waiting.real());
    }

    /** Starts. {@code succeeded}: it has just been done, so that the next time is an interval away. */
    public void start(boolean succeeded) {
        Thread started = new Thread(() -> run(succeeded), threadName);
        started.setDaemon(true);
        thread = started;
        started.start();
    }

    private void run(boolean succeeded) {
        try {
            Duration retry = FIRST_RETRY;
            Duration pause = succeeded ? interval : retry;
            while (!waiting.await(jitter.around(pause).toNanos())) {
                if (runOnce()) {
                    retry = FIRST_RETRY;
                    pause = interval;
                } else {
                    pause = min(retry, interval);
                    retry = min(retry.multipliedBy(2), lastRetry);
                }
            }
        } catch (InterruptedException ended) {
            LOG.debug("no more of it on {}", threadName, ended);
        }
    }

    private boolean runOnce() throws InterruptedException {
        try {
            return task.run();
        } catch (RuntimeException | Error fault) {
            // Such as that no thread can be had at present, or what somebody else's code throws.
            LOG.error("a fault on {}; trying again", threadName, fault);
            return false;
        }
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Ends it, perhaps before the start. */
    @Override
    public void close() {
        waiting.stop();
        Thread running = thread;
        if (running != null) {
            running.interrupt();
        }
    }
}
