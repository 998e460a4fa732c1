package io.github.mtgjava.internal;

import io.github.mtgjava.LinkCloseReason;
import io.github.mtgjava.LinkFailureReason;
import io.github.mtgjava.ProxyStats;
import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.spi.Admission;
import io.github.mtgjava.spi.Ending;
import io.github.mtgjava.spi.ProxyObserver;
import io.github.mtgjava.transport.nio.Ticker;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The user's observers, told one after the other, each behind a guard of its own. Thread-safe. */
public final class Observers implements ProxyObserver {

    private static final Logger LOG = LoggerFactory.getLogger(Observers.class);

    /** What a slow observer gets at the end for what it has not seen yet. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final List<GuardedObserver> observers;
    private final AtomicLong crashes = new AtomicLong();
    private final Set<Class<?>> loggedKinds = ConcurrentHashMap.newKeySet();

    Observers(List<ProxyObserver> observers, Ticker ticker) {
        this.observers = observers.stream()
                .map(observer -> new GuardedObserver(observer, ticker))
                .toList();
    }

    long failures() {
        return observers.stream().mapToLong(GuardedObserver::failures).sum();
    }

    long drops() {
        return observers.stream().mapToLong(GuardedObserver::drops).sum();
    }

    long crashes() {
        return crashes.get();
    }

    @Override
    public void started(Supplier<ProxyStats> stats) {
        observers.forEach(observer -> observer.start(stats));
    }

    @Override
    public void stopped() {
        observers.forEach(observer -> observer.stop(PATIENCE));
    }

    @Override
    public void accepted(long connection, InetSocketAddress client) {
        each(observer -> observer.accepted(connection, client));
    }

    @Override
    public void handshakeDone(Admission admission) {
        each(observer -> observer.handshakeDone(admission));
    }

    @Override
    public void replayDetected(long connection, InetSocketAddress client) {
        each(observer -> observer.replayDetected(connection, client));
    }

    @Override
    public void refused(long connection, InetSocketAddress client, RefusalReason reason) {
        each(observer -> observer.refused(connection, client, reason));
    }

    @Override
    public void cloaked(long connection, RefusalReason reason) {
        each(observer -> observer.cloaked(connection, reason));
    }

    @Override
    public void cloakEnded(long connection, RefusalReason reason, long fromClient, long toClient, Duration duration) {
        each(observer -> observer.cloakEnded(connection, reason, fromClient, toClient, duration));
    }

    @Override
    public void cloakFailed(long connection, RefusalReason reason, Duration duration) {
        each(observer -> observer.cloakFailed(connection, reason, duration));
    }

    @Override
    public void telegramConnected(long connection, int dc, InetSocketAddress address, Duration duration) {
        each(observer -> observer.telegramConnected(connection, dc, address, duration));
    }

    @Override
    public void telegramConnectFailed(long connection, int dc, InetSocketAddress address, Duration duration) {
        each(observer -> observer.telegramConnectFailed(connection, dc, address, duration));
    }

    @Override
    public void closed(Ending ending) {
        each(observer -> observer.closed(ending));
    }

    @Override
    public void linkOpened(long link, int dc, InetSocketAddress address, Duration duration) {
        each(observer -> observer.linkOpened(link, dc, address, duration));
    }

    @Override
    public void linkFailed(int dc, @Nullable InetSocketAddress address, LinkFailureReason reason, Duration duration) {
        each(observer -> observer.linkFailed(dc, address, reason, duration));
    }

    @Override
    public void linkClosed(long link, int dc, LinkCloseReason reason, int clients, Duration duration) {
        each(observer -> observer.linkClosed(link, dc, reason, clients, duration));
    }

    /** Counts a contained fault, logs the first of its kind, and tells the observers. */
    @Override
    public void crashed(Throwable failure) {
        crashes.incrementAndGet();
        if (loggedKinds.add(failure.getClass())) {
            LOG.error("a fault was contained; more of this kind are only counted", failure);
        }
        each(observer -> observer.crashed(failure));
    }

    private void each(Consumer<ProxyObserver> event) {
        for (GuardedObserver observer : observers) {
            observer.tell(event);
        }
    }
}
