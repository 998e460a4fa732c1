package io.github.mtgjava.transport.nio;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A fixed number of event loops. Thread-safe. */
public final class EventLoopGroup {

    private final List<EventLoop> loops;

    private EventLoopGroup(List<EventLoop> loops) {
        this.loops = List.copyOf(loops);
    }

    /**
     * Starts the loops.
     *
     * @param size at least 1
     * @param name prefix of the threads' names
     * @param budget what all of them may hold for slow sockets
     * @throws IOException if the system grants no selector; nothing is left running then
     */
    public static EventLoopGroup start(
            int size, String name, Ticker ticker, FailureHandler failures, BufferBudget budget) throws IOException {
        List<EventLoop> loops = new ArrayList<>(size);
        try {
            for (int i = 0; i < size; i++) {
                EventLoop loop = new EventLoop(name + "-" + i, ticker, failures, budget);
                loop.start();
                loops.add(loop);
            }
        } catch (Throwable failure) {
            loops.forEach(EventLoop::shutdown);
            throw failure;
        }
        return new EventLoopGroup(loops);
    }

    /** The loops, in a fixed order. */
    public List<EventLoop> loops() {
        return loops;
    }

    /** The running loop with the least load; the first of them if several are equal, or if none runs. */
    public EventLoop leastLoaded() {
        EventLoop best = loops.get(0);
        for (EventLoop loop : loops) {
            if (loop.isRunning() && (!best.isRunning() || loop.load() < best.load())) {
                best = loop;
            }
        }
        return best;
    }

    /**
     * Ends all loops and waits for their threads.
     *
     * @param millis how long at most, for all of them together
     * @return whether all of them ended in time
     * @throws InterruptedException if the waiting thread is interrupted; the loops end all the same
     */
    public boolean shutdown(long millis) throws InterruptedException {
        loops.forEach(EventLoop::shutdown);
        boolean ended = true;
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        for (EventLoop loop : loops) {
            ended &= loop.join((deadline - System.nanoTime()) / 1_000_000);
        }
        return ended;
    }
}
