package io.github.mtgjava.internal;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.LinkCloseReason;
import io.github.mtgjava.LinkFailureReason;
import io.github.mtgjava.ProxyStats;
import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.internal.session.Counter;
import io.github.mtgjava.internal.session.LoopContext;
import io.github.mtgjava.internal.session.LoopCounters;
import io.github.mtgjava.internal.telegram.bootstrap.BootstrapFigures;
import io.github.mtgjava.internal.telegram.link.LinkCounters;
import io.github.mtgjava.internal.telegram.link.LinkPool;
import io.github.mtgjava.spi.ReplayCache;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongBiFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adds up what the loops have counted. */
final class Stats {

    private static final Logger LOG = LoggerFactory.getLogger(Stats.class);

    private final ProxyConfig config;
    private final Observers observers;
    private final @Nullable MiddleProxies middleProxies;
    private final @Nullable RunningProxy proxy;
    private final List<LoopContext> loops;
    private final List<LinkCounters> links;

    /** Of a proxy that runs, or not: null. */
    Stats(
            ProxyConfig config,
            Observers observers,
            @Nullable MiddleProxies middleProxies,
            @Nullable RunningProxy proxy) {
        this.config = config;
        this.observers = observers;
        this.middleProxies = middleProxies;
        this.proxy = proxy;
        this.loops = proxy == null ? List.of() : proxy.contexts();
        this.links = loops.stream()
                .map(LoopContext::links)
                .filter(Objects::nonNull)
                .map(LinkPool::counters)
                .toList();
    }

    ProxyStats collect() {
        return new StatsSnapshot(
                proxy != null && proxy.isListening(),
                total(Counter.ACCEPTED),
                total(Counter.OPEN),
                total(Counter.HANDSHAKES),
                sums(LoopCounters.CLIENTS, LoopCounters::clients),
                connections(),
                total(Counter.CLOAKED),
                total(Counter.FROM_CLIENTS),
                total(Counter.TO_CLIENTS),
                sum(loops, context -> context.loop().pool().bytesInUse()),
                config.maxBufferedBytes(),
                bytes(config.replayCache()),
                Duration.ofNanos(max(context -> context.loop().pulse().lagNanos())),
                Duration.ofNanos(max(context -> context.loop().pulse().silenceNanos())),
                observers.crashes(),
                observers.failures(),
                observers.drops(),
                sums(List.of(RefusalReason.values()), LoopCounters::refused),
                sums(List.of(RefusalReason.values()), LoopCounters::cloaked),
                sums(List.of(CloseReason.values()), LoopCounters::closed),
                links());
    }

    /** A link is a connection as well as one of a single client's. */
    private Map<ProxyStats.Telegram, Long> connections() {
        return byKind(
                LoopCounters.TELEGRAM,
                kind -> sum(loops, context -> context.counters().telegram(kind))
                        + sum(links, counters -> counters.open(kind)));
    }

    private StatsSnapshot.Links links() {
        BootstrapFigures fetching = middleProxies == null ? BootstrapFigures.NONE : middleProxies.figures();
        return new StatsSnapshot.Links(
                sum(links, LinkCounters::open),
                sum(links, LinkCounters::clients),
                sum(links, LinkCounters::waiting),
                sum(links, LinkCounters::moves),
                sum(links, LinkCounters::opened),
                byKind(List.of(LinkFailureReason.values()), reason -> sum(links, counters -> counters.failed(reason))),
                byKind(List.of(LinkCloseReason.values()), reason -> sum(links, counters -> counters.closed(reason))),
                fetching.refreshesOk(),
                fetching.refreshesFailed(),
                Duration.ofMillis(fetching.ageMillis()),
                fetching.clockOffset());
    }

    private static long bytes(ReplayCache cache) {
        try {
            return cache.bytes();
        } catch (RuntimeException failure) {
            LOG.debug("the replay cache does not tell its size", failure);
            return 0;
        }
    }

    private <K> Map<K, Long> sums(Collection<K> kinds, ToLongBiFunction<LoopCounters, K> value) {
        return byKind(kinds, kind -> sum(loops, context -> value.applyAsLong(context.counters(), kind)));
    }

    private static <K> Map<K, Long> byKind(Collection<K> kinds, Function<K, Long> value) {
        Map<K, Long> numbers = new HashMap<>();
        kinds.forEach(kind -> numbers.put(kind, value.apply(kind)));
        return numbers;
    }

    private long total(Counter counter) {
        return sum(loops, context -> context.counters().get(counter));
    }

    private static <E> long sum(List<E> parts, ToLongFunction<E> value) {
        return parts.stream().mapToLong(value).sum();
    }

    private long max(ToLongFunction<LoopContext> value) {
        return loops.stream().mapToLong(value).max().orElse(0);
    }
}
