package io.github.mtgjava.chaos;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Which faults there are, and whether there were any since some moment. Thread-safe. */
final class Weather {

    /** How often each fault began to come, had come, began to go and had gone: those are four steps. */
    private final Map<Fault, AtomicInteger> steps = new EnumMap<>(Fault.class);

    Weather() {
        for (Fault fault : Fault.values()) {
            steps.put(fault, new AtomicInteger());
        }
    }

    /** A moment, to be compared with others. */
    record Moment(List<Integer> steps) {

        private int of(Fault fault) {
            return steps.get(fault.ordinal());
        }
    }

    Moment now() {
        return new Moment(steps.values().stream().map(AtomicInteger::get).toList());
    }

    /** A fault began to come or to go, or has done so. */
    void step(Fault fault) {
        steps.get(fault).incrementAndGet();
    }

    boolean isCalm(Fault fault) {
        return steps.get(fault).get() % 4 == 0;
    }

    /** How many times it has come. */
    int count(Fault fault) {
        return (steps.get(fault).get() + 2) / 4;
    }

    /** Whether none of these faults had anything to do with the time between. */
    static boolean wasCalm(Moment from, Moment to, Fault... faults) {
        for (Fault fault : faults) {
            if (from.of(fault) != to.of(fault) || from.of(fault) % 4 != 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether the fault was there for all of that time. */
    static boolean lasted(Moment from, Moment to, Fault fault) {
        return from.of(fault) == to.of(fault) && from.of(fault) % 4 == 2;
    }
}
