package io.github.mtgjava.internal;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.ProxyStats;
import io.github.mtgjava.RejectReason;
import io.github.mtgjava.internal.session.Counter;
import io.github.mtgjava.internal.session.LoopContext;
import io.github.mtgjava.internal.session.LoopCounters;
import io.github.mtgjava.spi.ReplayCache;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adds up what the loops have counted. */
final class Stats {

    private static final Logger LOG = LoggerFactory.getLogger(Stats.class);

    private Stats() {}

    static ProxyStats collect(ProxyConfig config, Observers observers, @Nullable RunningProxy proxy) {
        List<LoopContext> loops = proxy == null ? List.of() : proxy.contexts();
        return new ProxyStats(
                proxy != null && proxy.isListening(),
                total(loops, Counter.ACCEPTED),
                total(loops, Counter.OPEN),
                sums(loops, LoopCounters.CLIENTS, kind -> counters -> counters.clients(kind)),
                sums(loops, LoopCounters.TELEGRAM, kind -> counters -> counters.telegram(kind)),
                total(loops, Counter.CLOAKED),
                total(loops, Counter.FROM_CLIENTS),
                total(loops, Counter.TO_CLIENTS),
                sum(loops, context -> context.loop().pool().bytesInUse()),
                bytes(config.replayCache()),
                max(loops, context -> context.loop().pulse().lagNanos()),
                max(loops, context -> context.loop().pulse().silenceNanos()),
                observers.crashes(),
                observers.failures(),
                observers.drops(),
                sums(loops, List.of(RejectReason.values()), reason -> counters -> counters.refused(reason)),
                sums(loops, List.of(RejectReason.values()), reason -> counters -> counters.cloakings(reason)),
                sums(loops, List.of(CloseReason.values()), reason -> counters -> counters.closed(reason)));
    }

    private static long bytes(ReplayCache cache) {
        try {
            return cache.bytes();
        } catch (RuntimeException failure) {
            LOG.debug("the replay cache does not tell its size", failure);
            return 0;
        }
    }

    private static <K> Map<K, Long> sums(
            List<LoopContext> loops, Collection<K> kinds, Function<K, ToLongFunction<LoopCounters>> value) {
        Map<K, Long> sums = new HashMap<>();
        for (K kind : kinds) {
            ToLongFunction<LoopCounters> ofKind = value.apply(kind);
            sums.put(kind, sum(loops, context -> ofKind.applyAsLong(context.counters())));
        }
        return sums;
    }

    private static long total(List<LoopContext> loops, Counter counter) {
        return sum(loops, context -> context.counters().get(counter));
    }

    private static long sum(List<LoopContext> loops, ToLongFunction<LoopContext> value) {
        return loops.stream().mapToLong(value).sum();
    }

    private static long max(List<LoopContext> loops, ToLongFunction<LoopContext> value) {
        return loops.stream().mapToLong(value).max().orElse(0);
    }
}
