package io.github.mtgjava.examples;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.IpFamily;
import io.github.mtgjava.IpPrefix;
import io.github.mtgjava.RejectReason;
import io.github.mtgjava.SecretType;
import io.github.mtgjava.spi.ClientFilter;
import io.github.mtgjava.spi.ProxyObserver;
import io.github.mtgjava.transport.nio.Ticker;
import io.github.mtgjava.transport.obfuscated2.ProtocolTag;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

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
 * <p>Event loops call it at once, hence the lock, which is held for a look into a map. It knows at most 10,000 addresses and
 * as many newcomers, and forgets those first that it has not heard of for longest.
 */
public final class LearningBlocklist implements ClientFilter, ProxyObserver {

    private static final Set<RejectReason> STRANGE = EnumSet.of(
            RejectReason.NOT_TLS,
            RejectReason.MALFORMED_HELLO,
            RejectReason.BAD_DIGEST,
            RejectReason.WRONG_SNI,
            RejectReason.REPLAY,
            RejectReason.BAD_FRAME);
    private final Map<Long, IpPrefix> newcomers;
    private final Map<IpPrefix, Conduct> conducts;
    private final int times;
    private final Ticker ticker;

    /**
     * Blocks nobody yet.
     *
     * @param times how many refusals within a minute are too many, at least 1
     */
    public LearningBlocklist(int times) {
        this(times, 10_000, Ticker.system());
    }

    LearningBlocklist(int times, int most, Ticker ticker) {
        if (times < 1) {
            throw new IllegalArgumentException("times: less than 1: " + times);
        }
        this.times = times;
        this.newcomers = forgetful(most);
        this.conducts = forgetful(most);
        this.ticker = ticker;
    }

    private static <K, V> Map<K, V> forgetful(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    /** Runs until the process is ended. */
    public static void main(String[] args) throws Exception {
        Foreground.main(() -> {
            LearningBlocklist list = new LearningBlocklist(Foreground.number(args, 2, 20));
            Foreground.serve(
                    Foreground.builder(args).clientFilter(list).observer(list).build(), () -> {});
        });
    }

    @Override
    public synchronized boolean allows(InetAddress client) {
        Conduct conduct = conducts.get(source(client));
        return conduct == null || !conduct.isBlocked(ticker.nanos());
    }

    @Override
    public synchronized void accepted(long connection, InetSocketAddress client) {
        newcomers.put(connection, source(client.getAddress()));
    }

    @Override
    public synchronized void handshakeDone(
            long connection, SecretType mode, ProtocolTag transport, int dc, long nanos) {
        IpPrefix source = newcomers.remove(connection);
        if (source != null) {
            conduct(source).letIn(ticker.nanos());
        }
    }

    @Override
    public synchronized void refused(long connection, RejectReason reason) {
        IpPrefix source = newcomers.remove(connection);
        if (source != null && STRANGE.contains(reason)) {
            conduct(source).refused(ticker.nanos(), times);
        }
    }

    @Override
    public synchronized void closed(long connection, CloseReason reason, long fromClient, long toClient, long nanos) {
        newcomers.remove(connection);
    }

    /** How many connections it watches that are neither let in nor refused. */
    synchronized int newcomers() {
        return newcomers.size();
    }

    private Conduct conduct(IpPrefix source) {
        return conducts.computeIfAbsent(source, unknown -> new Conduct());
    }

    private static IpPrefix source(InetAddress address) {
        return IpPrefix.of(address, IpFamily.of(address) == IpFamily.IPV4 ? 32 : 64);
    }
}
