package io.github.mtgjava.internal.telegram.link;

import io.github.mtgjava.LinkCloseReason;
import io.github.mtgjava.LinkFailureReason;
import io.github.mtgjava.ProxyStats.Telegram;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What one loop has counted about its links. Written by that loop, read by anyone. */
public final class LinkCounters {

    private final Map<Telegram, AtomicLong> open = new ConcurrentHashMap<>();
    private final Map<LinkFailureReason, AtomicLong> failed = zeros(LinkFailureReason.class);
    private final Map<LinkCloseReason, AtomicLong> closed = zeros(LinkCloseReason.class);
    private final AtomicLong clients = new AtomicLong();
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong moves = new AtomicLong();
    private final AtomicLong opened = new AtomicLong();

    LinkCounters() {}

    private static <E extends Enum<E>> Map<E, AtomicLong> zeros(Class<E> kinds) {
        Map<E, AtomicLong> zeros = new EnumMap<>(kinds);
        for (E kind : kinds.getEnumConstants()) {
            zeros.put(kind, new AtomicLong());
        }
        return zeros;
    }

    void countOpened(Telegram kind) {
        opened.incrementAndGet();
        open.computeIfAbsent(kind, unused -> new AtomicLong()).incrementAndGet();
    }

    void countClosed(Telegram kind, LinkCloseReason reason) {
        value(open, kind).decrementAndGet();
        value(closed, reason).incrementAndGet();
    }

    void countFailed(LinkFailureReason reason) {
        value(failed, reason).incrementAndGet();
    }

    void addClients(int amount) {
        clients.addAndGet(amount);
    }

    void addWaiting(int amount) {
        waiting.addAndGet(amount);
    }

    void countMove() {
        moves.incrementAndGet();
    }

    /** Links of this kind open now. */
    public long open(Telegram kind) {
        AtomicLong count = open.get(kind);
        return count == null ? 0 : count.get();
    }

    /** All links open now. */
    public long open() {
        return open.values().stream().mapToLong(AtomicLong::get).sum();
    }

    /** Attempts that failed so far for this reason. */
    public long failed(LinkFailureReason reason) {
        return value(failed, reason).get();
    }

    /** Links ended so far for this reason. */
    public long closed(LinkCloseReason reason) {
        return value(closed, reason).get();
    }

    /** Clients with a place on a link now. */
    public long clients() {
        return clients.get();
    }

    /** Clients waiting for a link now. */
    public long waiting() {
        return waiting.get();
    }

    /** Moves of clients to another link so far. */
    public long moves() {
        return moves.get();
    }

    /** Links opened so far. */
    public long opened() {
        return opened.get();
    }

    private static <K> AtomicLong value(Map<K, AtomicLong> map, K kind) {
        AtomicLong value = map.get(kind);
        if (value == null) {
            throw new IllegalStateException("every kind has its counter");
        }
        return value;
    }
}
