package io.github.mtgjava.internal.session;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.IpFamily;
import io.github.mtgjava.ProxyStats.Client;
import io.github.mtgjava.ProxyStats.Telegram;
import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.Transport;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What one loop has counted: written by that loop alone, without fences that cost anything; read by anyone. */
public final class LoopCounters {

    /** Every kind of client that there is. */
    public static final List<Client> CLIENTS = Stream.of(Transport.values())
            .flatMap(transport -> Stream.of(IpFamily.values()).map(family -> new Client(transport, family)))
            .toList();

    /** Every kind of connection to Telegram that there is. */
    public static final List<Telegram> TELEGRAM = Telegram.DCS.stream()
            .flatMap(dc -> Stream.of(IpFamily.values()).map(family -> new Telegram(dc, family)))
            .toList();

    private final Map<Counter, AtomicLong> counters = zeros(List.of(Counter.values()));
    private final Map<RefusalReason, AtomicLong> refused = zeros(List.of(RefusalReason.values()));
    private final Map<RefusalReason, AtomicLong> cloaked = zeros(List.of(RefusalReason.values()));
    private final Map<CloseReason, AtomicLong> closed = zeros(List.of(CloseReason.values()));
    private final Map<Client, AtomicLong> clients = zeros(CLIENTS);
    private final Map<Telegram, AtomicLong> telegram = zeros(TELEGRAM);
    private final AtomicLong fromClients = value(counters, Counter.FROM_CLIENTS);
    private final AtomicLong toClients = value(counters, Counter.TO_CLIENTS);

    LoopCounters() {}

    private static <E> Map<E, AtomicLong> zeros(List<E> kinds) {
        return kinds.stream().collect(Collectors.toUnmodifiableMap(Function.identity(), kind -> new AtomicLong()));
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

    void countRefused(RefusalReason reason) {
        add(value(refused, reason), 1);
    }

    void countCloaking(RefusalReason reason) {
        add(value(cloaked, reason), 1);
    }

    void add(Client kind, long amount) {
        add(value(clients, kind), amount);
    }

    void add(Telegram kind, long amount) {
        add(value(telegram, kind), amount);
    }

    void countClosed(CloseReason reason) {
        add(value(closed, reason), 1);
    }

    /** The counter's value at about now. */
    public long get(Counter counter) {
        return value(counters, counter).get();
    }

    /** Connections refused so far for this reason. */
    public long refused(RefusalReason reason) {
        return value(refused, reason).get();
    }

    /** Refused connections shown the cloaked site so far for this reason. */
    public long cloaked(RefusalReason reason) {
        return value(cloaked, reason).get();
    }

    /** Clients of this kind open now. */
    public long clients(Client kind) {
        return value(clients, kind).get();
    }

    /** Connections of this kind to Telegram open now. */
    public long telegram(Telegram kind) {
        return value(telegram, kind).get();
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
