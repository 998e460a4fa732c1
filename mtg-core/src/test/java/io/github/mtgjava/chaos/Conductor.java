package io.github.mtgjava.chaos;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Makes faults come and go as the schedule says, and tells the weather. For one thread. */
final class Conductor {

    private final Weather weather;
    private final Map<Fault, Trouble> troubles;
    private final Set<Fault> here = new TreeSet<>();

    Conductor(Weather weather, Map<Fault, Trouble> troubles) {
        this.weather = weather;
        this.troubles = new EnumMap<>(troubles);
    }

    /** What it can have come. */
    List<Fault> faults() {
        return List.copyOf(troubles.keySet());
    }

    /** What there is now. */
    Set<Fault> here() {
        return here;
    }

    /** Plays the schedule, and looks in between. */
    void play(Schedule schedule, Runnable look) throws InterruptedException {
        long began = System.nanoTime();
        for (Schedule.Turn turn : schedule.turns()) {
            waitUntil(began + TimeUnit.MILLISECONDS.toNanos(turn.atMillis()), look);
            take(turn);
        }
    }

    /** Sleeps, and looks in between. */
    static void waitUntil(long nanos, Runnable look) throws InterruptedException {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            TimeUnit.NANOSECONDS.sleep(Math.min(left, TimeUnit.MILLISECONDS.toNanos(100)));
            look.run();
        }
    }

    private void take(Schedule.Turn turn) {
        Fault fault = turn.fault();
        Trouble trouble = troubles.get(fault);
        weather.step(fault);
        if (turn.comes()) {
            here.add(fault);
            trouble.begin();
        } else {
            trouble.end();
            here.remove(fault);
        }
        weather.step(fault);
    }
}
