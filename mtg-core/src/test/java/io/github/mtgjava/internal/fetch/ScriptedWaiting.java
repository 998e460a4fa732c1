package io.github.mtgjava.internal.fetch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes as soon as somebody waits for it; each wait is written down, and something may happen during it. */
public final class ScriptedWaiting implements Waiting {

    private final AtomicLong nanos = new AtomicLong();
    private final List<Duration> waits = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);

    /** What happens during one wait. */
    public interface Step {
        /** Does it. */
        void run() throws Exception;
    }

    /** During the waits, in this order, this happens; in the one after the last the waiting stays for ever. */
    public ScriptedWaiting during(Step... scripted) {
        steps.addAll(List.of(scripted));
        return this;
    }

    /** All waits so far. */
    public synchronized List<Duration> waits() {
        return List.copyOf(waits);
    }

    @Override
    public long nanos() {
        return nanos.get();
    }

    @Override
    public boolean await(long wait) throws InterruptedException {
        Step step;
        synchronized (this) {
            waits.add(Duration.ofNanos(wait));
            step = steps.isEmpty() ? null : steps.remove(0);
            notifyAll();
        }
        if (step == null) {
            stopped.await();
            return true;
        }
        try {
            step.run();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        nanos.addAndGet(wait);
        return isStopped();
    }

    /** Waits until there were so many waits. */
    public synchronized void awaitWaits(int count) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (waits.size() < count) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("only these waits: " + waits);
            }
            wait(left);
        }
    }

    @Override
    public void stop() {
        stopped.countDown();
    }

    @Override
    public boolean isStopped() {
        return stopped.getCount() == 0;
    }
}
