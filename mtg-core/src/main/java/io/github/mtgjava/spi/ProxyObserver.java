package io.github.mtgjava.spi;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.LinkCloseReason;
import io.github.mtgjava.LinkFailureReason;
import io.github.mtgjava.ProxyStats;
import io.github.mtgjava.RefusalReason;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Is told what happens to connections. Every method does nothing by default, and a builder takes several observers. Nothing says
 * which proxy an event is of: whoever needs to know has one observer for each.
 *
 * <p>Called on the event loop of the connection, so it must neither block nor linger; one connection's events come in
 * order, different connections' from several threads at once. A faulty observer harms nobody: what a method throws is
 * counted and logged once; one that takes longer than 100 ms three times within 10 seconds, or a second once, is called on
 * a thread of its own from then on, and events that it cannot keep up with are dropped and counted, {@link #closed} among them:
 * what it remembers of open connections needs a bound. Both counts stand in {@link ProxyStats}.
 *
 * <p>Bytes are not reported as they flow: the totals stand in {@link #closed}, and at any time in the statistics that
 * {@link #started} hands out.
 *
 * <p>The life of a connection:
 *
 * <pre>
 * accepted ─┬─ handshakeDone ─┬─ telegramConnectFailed* ─ telegramConnected ──┬─ closed
 *           │                 └─ telegramConnectFailed* ──────────────────────┤
 *           ├─ [replayDetected] refused ─┬─ cloaked ─ cloakEnded ─────────────┤
 *           │                            ├─ cloakFailed ──────────────────────┤
 *           │                            └────────────────────────────────────┤
 *           └─ (the client left before) ──────────────────────────────────────┘
 * </pre>
 */
public interface ProxyObserver {

    /**
     * The proxy is about to take connections. Called once, before everything else, on the thread that starts it. If it throws, this
     * observer is told nothing more; the proxy starts all the same.
     *
     * @param stats tells totals and levels; callable at any time, from any thread, also after the stop; cheap
     */
    default void started(Supplier<ProxyStats> stats) {}

    /**
     * The proxy has stopped; nothing else is called any more. Called once, on the thread that stopped it, or that tried to start
     * it and could not after {@link #started}; not called if the observer is so slow that a second later it still has not seen
     * what came before.
     */
    default void stopped() {}

    /**
     * A connection came in. Ids are unique within one proxy and start at 1.
     *
     * @param client its address; if a trusted load balancer tells it, then that, and this is called when it has been told
     */
    default void accepted(long connection, InetSocketAddress client) {}

    /** A client proved that it knows the secret, and said what it wants. */
    default void handshakeDone(Admission admission) {}

    /**
     * Somebody sent a handshake that was seen before: an attack, or a network that duplicates. {@link #refused} follows.
     */
    default void replayDetected(long connection, InetSocketAddress client) {}

    /**
     * A connection was not let in.
     *
     * @param client its address, as in {@link #accepted}; {@link RefusalReason#isSuspicious} tells who is worth a look
     */
    default void refused(long connection, InetSocketAddress client, RefusalReason reason) {}

    /** A refused connection is now being shown the cloaked site: the site is connected. */
    default void cloaked(long connection, RefusalReason reason) {}

    /**
     * A refused connection was shown the cloaked site and that is over.
     *
     * @param fromClient bytes that the visitor sent, those before it was refused included
     * @param toClient bytes that the site answered
     * @param duration since {@link #cloaked}
     */
    default void cloakEnded(long connection, RefusalReason reason, long fromClient, long toClient, Duration duration) {}

    /**
     * The cloaked site could not be looked up or connected within {@code duration}: the visitor meets silence, which is
     * worth a look, as it sets the proxy apart from the site.
     */
    default void cloakFailed(long connection, RefusalReason reason, Duration duration) {}

    /**
     * A connection to Telegram stands; with an ad tag: the client has its place on a link to a middle proxy, which may have
     * stood before. Told once for each client; moves to other links are only counted.
     *
     * @param dc the DC's number, never negative; with an ad tag the entry of Telegram's list, negative for media
     * @param address where Telegram or the middle proxy is, also if a SOCKS5 server leads there
     * @param duration how long the client waited for it
     */
    default void telegramConnected(long connection, int dc, InetSocketAddress address, Duration duration) {}

    /**
     * One address of the DC could not be connected within {@code duration}. Others are tried; if none answers the connection
     * is closed with {@link CloseReason#TELEGRAM_UNREACHABLE}. Not told with an ad tag: see {@link #linkFailed}.
     *
     * @param dc the DC's number, never negative
     */
    default void telegramConnectFailed(long connection, int dc, InetSocketAddress address, Duration duration) {}

    /** A connection ended. */
    default void closed(Ending ending) {}

    /**
     * With an ad tag: a link to a middle proxy stands. Links come and go with the clients' demand and Telegram's whim.
     *
     * @param link its number; unique within one proxy, from 1, no connection's number
     * @param dc the entry of Telegram's list, negative for media
     * @param duration how long connecting and the handshake took
     */
    default void linkOpened(long link, int dc, InetSocketAddress address, Duration duration) {}

    /**
     * With an ad tag: one middle proxy gave us no link, which is tried again with another address, or later.
     *
     * @param dc the entry of Telegram's list, negative for media
     * @param address null if no address is known, or none of several could be connected
     * @param duration how long it was tried
     */
    default void linkFailed(int dc, @Nullable InetSocketAddress address, LinkFailureReason reason, Duration duration) {}

    /**
     * With an ad tag: a link ended. Its clients go on on another one.
     *
     * @param clients how many there were
     * @param duration since it was opened
     */
    default void linkClosed(long link, int dc, LinkCloseReason reason, int clients, Duration duration) {}

    /** A fault was contained, of the proxy's own, of its client filter or of its directory of Telegram. */
    default void crashed(Throwable failure) {}
}
