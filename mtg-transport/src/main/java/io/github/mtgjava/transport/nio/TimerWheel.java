package io.github.mtgjava.transport.nio;

/**
 * A hashed timer wheel: scheduling, cancelling and moving a timer are O(1) and allocate nothing. Timers fire up to one
 * tick late, never early. Confined to one thread.
 *
 * <p>A timer further away than one revolution stays in its slot and is looked at once per revolution.
 */
final class TimerWheel {

    static final long TICK_NANOS = 20_000_000L;

    private static final int SLOTS = 1024;
    private static final int MASK = SLOTS - 1;

    private final Timer[] slots = new Timer[SLOTS];
    /** One bit per slot that may hold timers; a set bit over an empty slot is cleared when it is passed. */
    private final long[] occupied = new long[SLOTS / Long.SIZE];

    private final Timer due = new Timer(TimerWheel::nothing).asListHead();
    private final long originNanos;
    private long currentTick;

    TimerWheel(long nowNanos) {
        originNanos = nowNanos;
        for (int i = 0; i < SLOTS; i++) {
            slots[i] = new Timer(TimerWheel::nothing).asListHead();
        }
    }

    /** The task of a list's head, which never fires. */
    private static void nothing() {}

    /** Schedules the timer, or moves it if it is scheduled already. */
    void schedule(Timer timer, long deadlineNanos) {
        timer.cancel();
        long ticks = Math.floorDiv(deadlineNanos - originNanos + TICK_NANOS - 1, TICK_NANOS);
        timer.deadlineTick = Math.max(ticks, currentTick + 1);
        int slot = (int) timer.deadlineTick & MASK;
        timer.linkBefore(slots[slot]);
        occupied[slot / Long.SIZE] |= 1L << slot;
    }

    /**
     * Fires every timer whose deadline has passed. Tasks may schedule and cancel any timer, themselves included.
     *
     * @param failures told of what a task throws; the others still fire
     */
    void advance(long nowNanos, FailureHandler failures) {
        long nowTick = Math.floorDiv(nowNanos - originNanos, TICK_NANOS);
        if (nowTick <= currentTick) {
            return;
        }
        long slotsToVisit = Math.min(nowTick - currentTick, SLOTS);
        for (long i = 1; i <= slotsToVisit; i++) {
            collectDue((int) (currentTick + i) & MASK, nowTick);
        }
        currentTick = nowTick;
        for (Timer timer = due.next; timer != null && timer != due; timer = due.next) {
            timer.cancel();
            try {
                timer.task.run();
            } catch (Throwable failure) {
                failures.onFailure(failure);
            }
        }
    }

    private void collectDue(int slot, long nowTick) {
        long bit = 1L << slot;
        if ((occupied[slot / Long.SIZE] & bit) == 0) {
            return;
        }
        Timer head = slots[slot];
        Timer timer = head.next;
        while (timer != null && timer != head) {
            Timer following = timer.next;
            if (timer.deadlineTick <= nowTick) {
                timer.cancel();
                timer.linkBefore(due);
            }
            timer = following;
        }
        if (head.next == head) {
            occupied[slot / Long.SIZE] &= ~bit;
        }
    }

    /** Nanoseconds until a timer may be due, at least 1; {@link Long#MAX_VALUE} if none is scheduled. */
    long nanosToNext(long nowNanos) {
        int start = (int) (currentTick + 1) & MASK;
        for (int distance = 0; distance < SLOTS; ) {
            int slot = (start + distance) & MASK;
            long word = occupied[slot / Long.SIZE] >>> slot;
            if (word != 0) {
                int skip = Long.numberOfTrailingZeros(word);
                long tick = currentTick + 1 + distance + skip;
                return Math.max(1, originNanos + tick * TICK_NANOS - nowNanos);
            }
            distance += Long.SIZE - (slot & (Long.SIZE - 1));
        }
        return Long.MAX_VALUE;
    }
}
