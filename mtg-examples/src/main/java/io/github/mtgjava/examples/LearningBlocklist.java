package io.github.mtgjava.examples;

import io.github.mtgjava.IpPrefix;
import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.spi.Admission;
import io.github.mtgjava.spi.ClientFilter;
import io.github.mtgjava.spi.ProxyObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What fail2ban does, inside the process: an observer counts who is refused again and again, a filter blocks them for a
 * while.
 *
 * <pre>mtg-examples/example LearningBlocklist [SECRET [PORT [TIMES]]]</pre>
 *
 * <p>An address that is refused so many times, 20 by default, within a minute is blocked for ten minutes. Whoever is blocked
 * sees what every stranger sees, so a visitor of the cloaked site loses nothing. Only what no client with the right secret
 * does counts: a wrong clock or a bad line does not.
 *
 * <p><b>Many users share one IPv4 address.</b> Mobile networks put thousands behind one, and a prober among them could lock
 * all others out. So an address from which somebody was let in within the last ten minutes is not blocked. Of IPv6
 * addresses a /64 counts as one.
 *
 * <p>Event loops call it at once, hence the lock, which is held for a look into a map. It knows at most 10,000 addresses
 * and forgets those first that it has not heard of for longest.
 */
public final class LearningBlocklist implements ClientFilter, ProxyObserver {

    private final Map<IpPrefix, Conduct> conducts;
    private final int times;
    private final LongSupplier time;

    /**
     * Blocks nobody yet.
     *
     * @param times how many refusals within a minute are too many, at least 1
     */
    public LearningBlocklist(int times) {
        this(times, 10_000, System::nanoTime);
    }

    LearningBlocklist(int times, int most, LongSupplier time) {
        if (times < 1) {
            throw new IllegalArgumentException("times: less than 1: " + times);
        }
        this.times = times;
        this.conducts = forgetful(most);
        this.time = time;
    }

    private static Map<IpPrefix, Conduct> forgetful(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<IpPrefix, Conduct> eldest) {
                return size() > most;
            }
        };
    }

    /** Runs until the process is ended. */
    public static void main(String[] args) throws Exception {
        Foreground.main(() -> {
            LearningBlocklist list = new LearningBlocklist(Foreground.number(args, 2, 20));
            Foreground.serve(
                    Foreground.builder(args)
                            .clientFilter(list)
                            .addObserver(list)
                            .build(),
                    () -> {});
        });
    }

    @Override
    public synchronized boolean allows(InetAddress client) {
        Conduct conduct = conducts.get(IpPrefix.ofClient(client));
        return conduct == null || !conduct.isBlocked(time.getAsLong());
    }

    @Override
    public synchronized void handshakeDone(Admission admission) {
        conduct(admission.client().getAddress()).letIn(time.getAsLong());
    }

    @Override
    public synchronized void refused(long connection, InetSocketAddress client, RefusalReason reason) {
        if (reason.isSuspicious()) {
            conduct(client.getAddress()).refused(time.getAsLong(), times);
        }
    }

    private Conduct conduct(InetAddress client) {
        return conducts.computeIfAbsent(IpPrefix.ofClient(client), unknown -> new Conduct());
    }
}
