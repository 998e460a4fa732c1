package io.github.mtgjava.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Clients that were let in and are open: others end too, but had no session. An observer that is too slow misses the end of
 * some, so now and then it is checked whether there are far more than there can be; then all are forgotten, and with them how
 * long the sessions of those last that are open. Thread-safe.
 */
final class AdmittedClients {

    static final int CHECKED_FROM = 65_536;

    private final Set<Long> connections = ConcurrentHashMap.newKeySet();
    private volatile LongSupplier open = () -> 0;
    private volatile long checkAt = CHECKED_FROM;

    /** Tells how many connections the proxy has open. */
    void watch(LongSupplier newOpen) {
        open = newOpen;
    }

    void add(long connection) {
        connections.add(connection);
        if (connections.size() >= checkAt) {
            check();
        }
    }

    private void check() {
        if (connections.size() > 2 * open.getAsLong()) {
            connections.clear();
        }
        checkAt = Math.max(CHECKED_FROM, 2L * connections.size());
    }

    /** Returns whether it was one. */
    boolean remove(long connection) {
        return connections.remove(connection);
    }

    void clear() {
        connections.clear();
    }

    int size() {
        return connections.size();
    }
}
