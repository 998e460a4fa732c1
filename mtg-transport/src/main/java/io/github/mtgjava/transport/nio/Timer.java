package io.github.mtgjava.transport.nio;

import org.jspecify.annotations.Nullable;

/**
 * A task that can be scheduled on a {@link TimerWheel} again and again without allocating. Confined to the wheel's
 * thread. A timer stands on at most one wheel at a time.
 */
public final class Timer {

    final Runnable task;
    long deadlineTick;
    /** Neighbours in the slot's circular list; null while not scheduled. */
    @Nullable
    Timer previous;

    @Nullable
    Timer next;

    /** A timer that is not scheduled yet. */
    public Timer(Runnable task) {
        this.task = task;
    }

    /** Whether the timer waits to fire. */
    public boolean isScheduled() {
        return next != null;
    }

    /** Takes the timer off its wheel; does nothing if it is not scheduled. */
    public void cancel() {
        Timer before = previous;
        Timer after = next;
        if (before == null || after == null) {
            return;
        }
        before.next = after;
        after.previous = before;
        previous = null;
        next = null;
    }

    /** Makes this timer the empty circular list that others are linked into. */
    Timer asListHead() {
        previous = this;
        next = this;
        return this;
    }

    void linkBefore(Timer head) {
        Timer last = head.previous;
        previous = last;
        next = head;
        if (last != null) {
            last.next = this;
        }
        head.previous = this;
    }
}
