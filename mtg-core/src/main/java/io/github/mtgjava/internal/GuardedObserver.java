package io.github.mtgjava.internal;

import io.github.mtgjava.ProxyStats;
import io.github.mtgjava.spi.ProxyObserver;
import io.github.mtgjava.transport.nio.Ticker;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of the user's observers, such that it can harm nobody. What it throws is counted, logged once, and contained. It
 * is called where the event happens, on an event loop, until it takes too long there several times in a row, or far too
 * long once; from then on it gets its events on a thread of its own, in the same order, and loses those that it cannot keep up
 * with. Thread-safe.
 */
final class GuardedObserver {

    static final Duration TOO_LONG = Duration.ofMillis(100);

    /** No pause of a garbage collector explains that. */
    static final Duration FAR_TOO_LONG = Duration.ofSeconds(1);

    /** Within {@link #MEMORY}: a pause of the JVM hits whoever runs, but not three times. */
    static final int TIMES = 3;

    static final Duration MEMORY = Duration.ofSeconds(10);

    /** Some seconds of a busy proxy. */
    static final int MAX_WAITING = 8192;

    private static final Logger LOG = LoggerFactory.getLogger(GuardedObserver.class);
    private static final long IDLE_SECONDS = 30;

    private final ProxyObserver observer;
    private final Ticker ticker;
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong drops = new AtomicLong();
    private final AtomicBoolean failureLogged = new AtomicBoolean();
    private final AtomicBoolean slow = new AtomicBoolean();
    private final AtomicInteger slowCalls = new AtomicInteger();
    private volatile long lastSlowCall;
    private volatile boolean willing = true;
    /** Null while the observer is fast. */
    private volatile @Nullable ThreadPoolExecutor ownThread;

    GuardedObserver(ProxyObserver observer, Ticker ticker) {
        this.observer = observer;
        this.ticker = ticker;
    }

    /** Exceptions so far. */
    long failures() {
        return failures.get();
    }

    /** Events lost so far. */
    long drops() {
        return drops.get();
    }

    /** Tells it that the proxy starts, on this thread, where it may take its time. If it fails at that it is told nothing more. */
    void start(Supplier<ProxyStats> stats) {
        willing = contained(observer -> observer.started(stats));
    }

    /** Tells it something that happened on an event loop, now or soon. */
    void tell(Consumer<ProxyObserver> event) {
        if (!willing) {
            return;
        }
        ThreadPoolExecutor thread = ownThread;
        if (thread != null) {
            thread.execute(() -> contained(event));
            return;
        }
        long before = ticker.nanos();
        contained(event);
        long nanos = ticker.nanos() - before;
        if (nanos > TOO_LONG.toNanos()) {
            onSlowCall(before + nanos, nanos);
        }
    }

    /**
     * Lets it see what waits for it, for so long at most, and then tells it on this thread that all is over. One that is
     * stuck is not told: it would hold up the stop.
     */
    void stop(Duration patience) {
        if (!willing) {
            return;
        }
        ThreadPoolExecutor thread = ownThread;
        if (thread != null) {
            thread.shutdown();
            if (!awaitEnd(thread, patience)) {
                drops.addAndGet(thread.shutdownNow().size() + 1L);
                return;
            }
        }
        contained(ProxyObserver::stopped);
    }

    private static boolean awaitEnd(ThreadPoolExecutor thread, Duration patience) {
        try {
            return thread.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Returns whether it went well. */
    private boolean contained(Consumer<ProxyObserver> event) {
        try {
            event.accept(observer);
            return true;
        } catch (Throwable failure) {
            failures.incrementAndGet();
            if (failureLogged.compareAndSet(false, true)) {
                LOG.warn("the observer {} failed; more of its failures are only counted", observer.getClass(), failure);
            }
            return false;
        }
    }

    /** On several loops at once it may count wrongly by one or two, which does not matter. */
    private void onSlowCall(long now, long nanos) {
        if (now - lastSlowCall > MEMORY.toNanos()) {
            slowCalls.set(0);
        }
        lastSlowCall = now;
        if (slowCalls.incrementAndGet() >= TIMES || nanos >= FAR_TOO_LONG.toNanos()) {
            moveOff(nanos);
        }
    }

    private void moveOff(long nanos) {
        if (!slow.compareAndSet(false, true)) {
            return;
        }
        LOG.warn(
                "the observer {} held an event loop up for {} ms: from now on it has a thread of its own, and loses"
                        + " events if it cannot keep up",
                observer.getClass(),
                TimeUnit.NANOSECONDS.toMillis(nanos));
        ThreadPoolExecutor thread = new ThreadPoolExecutor(
                1,
                1,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MAX_WAITING),
                task -> {
                    Thread daemon = new Thread(task, "mtg-observer");
                    daemon.setDaemon(true);
                    return daemon;
                },
                (task, executor) -> drops.incrementAndGet());
        thread.allowCoreThreadTimeOut(true);
        ownThread = thread;
    }
}
