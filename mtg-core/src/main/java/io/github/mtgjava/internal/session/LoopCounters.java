package io.github.mtgjava.internal.session;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.RejectReason;
import java.util.concurrent.atomic.AtomicLongArray;

/** What one loop has counted: written by that loop alone, without fences that cost anything; read by anyone. */
public final class LoopCounters {

    private final AtomicLongArray counters = new AtomicLongArray(Counter.values().length);
    private final AtomicLongArray refused = new AtomicLongArray(RejectReason.values().length);
    private final AtomicLongArray closed = new AtomicLongArray(CloseReason.values().length);

    void add(Counter counter, long amount) {
        add(counters, counter.ordinal(), amount);
    }

    void countRefused(RejectReason reason) {
        add(refused, reason.ordinal(), 1);
    }

    void countClosed(CloseReason reason) {
        add(closed, reason.ordinal(), 1);
    }

    private static void add(AtomicLongArray array, int index, long amount) {
        array.lazySet(index, array.getPlain(index) + amount);
    }

    /** The counter's value at about now. */
    public long get(Counter counter) {
        return counters.get(counter.ordinal());
    }

    /** Connections refused so far for this reason. */
    public long refused(RejectReason reason) {
        return refused.get(reason.ordinal());
    }

    /** Connections ended so far for this reason. */
    public long closed(CloseReason reason) {
        return closed.get(reason.ordinal());
    }
}
