package io.github.mtgjava.internal.session;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.RejectReason;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What one loop has counted: written by that loop alone, without fences that cost anything; read by anyone. */
public final class LoopCounters {

    private final Map<Counter, AtomicLong> counters = zeros(Counter.values());
    private final Map<RejectReason, AtomicLong> refused = zeros(RejectReason.values());
    private final Map<CloseReason, AtomicLong> closed = zeros(CloseReason.values());
    private final AtomicLong fromClients = value(counters, Counter.FROM_CLIENTS);
    private final AtomicLong toClients = value(counters, Counter.TO_CLIENTS);

    LoopCounters() {}

    private static <E extends Enum<E>> Map<E, AtomicLong> zeros(E[] kinds) {
        return Stream.of(kinds).collect(Collectors.toUnmodifiableMap(Function.identity(), kind -> new AtomicLong()));
    }

    void add(Counter counter, long amount) {
        add(value(counters, counter), amount);
    }

    void countFromClients(int bytes) {
        add(fromClients, bytes);
    }

    void countToClients(int bytes) {
        add(toClients, bytes);
    }

    void countRefused(RejectReason reason) {
        add(value(refused, reason), 1);
    }

    void countClosed(CloseReason reason) {
        add(value(closed, reason), 1);
    }

    /** The counter's value at about now. */
    public long get(Counter counter) {
        return value(counters, counter).get();
    }

    /** Connections refused so far for this reason. */
    public long refused(RejectReason reason) {
        return value(refused, reason).get();
    }

    /** Connections ended so far for this reason. */
    public long closed(CloseReason reason) {
        return value(closed, reason).get();
    }

    private static void add(AtomicLong counter, long amount) {
        counter.lazySet(counter.getPlain() + amount);
    }

    private static <E> AtomicLong value(Map<E, AtomicLong> map, E kind) {
        AtomicLong value = map.get(kind);
        if (value == null) {
            throw new IllegalStateException("every kind has its counter");
        }
        return value;
    }
}
