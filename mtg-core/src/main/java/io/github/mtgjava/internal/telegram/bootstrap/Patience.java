package io.github.mtgjava.internal.telegram.bootstrap;

import io.github.mtgjava.internal.fetch.Waiting;
import java.time.Duration;

/** How long the start may still take. Confined to the thread that starts. */
final class Patience {

    /** What the last try gets at least; a wait that ends without one was in vain. */
    private static final Duration LAST_CHANCE = Duration.ofSeconds(1);

    private final Duration limit;
    private final Waiting waiting;
    private final long began;

    /** From now on; zero is no limit. */
    Patience(Duration limit, Waiting waiting) {
        this.limit = limit;
        this.waiting = waiting;
        this.began = waiting.nanos();
    }

    boolean isOver() {
        return !limit.isZero() && left().compareTo(Duration.ZERO) <= 0;
    }

    /** That time, or what is left, if it is less. */
    Duration atMost(Duration time) {
        return limit.isZero() || time.compareTo(left()) < 0 ? time : left();
    }

    /** What a try may take of the time that it may usually take. */
    Duration forOneTry(Duration usual) {
        Duration least = usual.compareTo(LAST_CHANCE) < 0 ? usual : LAST_CHANCE;
        Duration bounded = atMost(usual);
        return bounded.compareTo(least) < 0 ? least : bounded;
    }

    private Duration left() {
        return limit.minusNanos(waiting.nanos() - began);
    }
}
