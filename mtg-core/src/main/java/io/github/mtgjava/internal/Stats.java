package io.github.mtgjava.internal;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.ProxyStats;
import io.github.mtgjava.RejectReason;
import io.github.mtgjava.internal.session.Counter;
import io.github.mtgjava.internal.session.LoopContext;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Adds up what the loops have counted. */
final class Stats {

    private Stats() {}

    static ProxyStats collect(Observers observers, @Nullable RunningProxy proxy) {
        List<LoopContext> loops = proxy == null ? List.of() : proxy.contexts();
        Map<RejectReason, Long> refused = new EnumMap<>(RejectReason.class);
        for (RejectReason reason : RejectReason.values()) {
            refused.put(reason, sum(loops, context -> context.counters().refused(reason)));
        }
        Map<CloseReason, Long> closed = new EnumMap<>(CloseReason.class);
        for (CloseReason reason : CloseReason.values()) {
            closed.put(reason, sum(loops, context -> context.counters().closed(reason)));
        }
        return new ProxyStats(
                total(loops, Counter.ACCEPTED),
                total(loops, Counter.OPEN),
                total(loops, Counter.RELAYING),
                total(loops, Counter.CLOAKED),
                total(loops, Counter.FROM_CLIENTS),
                total(loops, Counter.TO_CLIENTS),
                sum(loops, context -> context.loop().pool().bytesInUse()),
                observers.crashes(),
                observers.failures(),
                refused,
                closed);
    }

    static long total(List<LoopContext> loops, Counter counter) {
        return sum(loops, context -> context.counters().get(counter));
    }

    private static long sum(List<LoopContext> loops, ToLongFunction<LoopContext> value) {
        return loops.stream().mapToLong(value).sum();
    }
}
