package io.github.mtgjava.internal;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.RejectReason;
import io.github.mtgjava.SecretType;
import io.github.mtgjava.spi.ProxyObserver;
import io.github.mtgjava.transport.obfuscated2.ProtocolTag;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The user's observers, called one after the other; what one throws is counted, logged once per kind, and contained. */
public final class Observers implements ProxyObserver {

    private static final Logger LOG = LoggerFactory.getLogger(Observers.class);

    private final List<ProxyObserver> observers;
    private final AtomicLong failures = new AtomicLong();
    private final AtomicLong crashes = new AtomicLong();
    private final Set<Class<?>> loggedKinds = ConcurrentHashMap.newKeySet();

    Observers(List<ProxyObserver> observers) {
        this.observers = observers;
    }

    long failures() {
        return failures.get();
    }

    long crashes() {
        return crashes.get();
    }

    @Override
    public void accepted(long connection, InetSocketAddress client) {
        each(observer -> observer.accepted(connection, client));
    }

    @Override
    public void handshakeDone(long connection, SecretType mode, ProtocolTag transport, int dc, long nanos) {
        each(observer -> observer.handshakeDone(connection, mode, transport, dc, nanos));
    }

    @Override
    public void refused(long connection, RejectReason reason) {
        each(observer -> observer.refused(connection, reason));
    }

    @Override
    public void cloaked(long connection, RejectReason reason) {
        each(observer -> observer.cloaked(connection, reason));
    }

    @Override
    public void telegramConnected(long connection, int dc, InetSocketAddress address, long nanos) {
        each(observer -> observer.telegramConnected(connection, dc, address, nanos));
    }

    @Override
    public void telegramConnectFailed(long connection, int dc, long nanos) {
        each(observer -> observer.telegramConnectFailed(connection, dc, nanos));
    }

    @Override
    public void closed(long connection, CloseReason reason, long fromClient, long toClient, long nanos) {
        each(observer -> observer.closed(connection, reason, fromClient, toClient, nanos));
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

    private void each(Consumer<ProxyObserver> call) {
        for (ProxyObserver observer : observers) {
            try {
                call.accept(observer);
            } catch (Throwable failure) {
                failures.incrementAndGet();
                if (loggedKinds.add(observer.getClass())) {
                    LOG.warn(
                            "the observer {} failed; more of its failures are only counted",
                            observer.getClass(),
                            failure);
                }
            }
        }
    }
}
