package io.github.mtgjava;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Totals and levels of a proxy at about one moment: numbers of what is so "now" are levels, other numbers are totals since the
 * proxy was built. What a proxy hands out is immutable; its maps have every key that there can be, also where the number is zero.
 *
 * <p>The proxy implements this; whoever else does, say in a test, loses nothing with a minor release: methods that it adds, here
 * or to {@link MiddleProxyLinks}, have a default. {@code MicrometerProxyObserver} needs all keys of the maps there, too.
 */
public interface ProxyStats {

    /** Whether new connections are taken: false before the start and from the beginning of the stop on. */
    boolean listening();

    /**
     * Whether no event loop hangs: each has turned within the last five seconds, as a healthy one does at least once a second, also
     * if it has nothing to do. True while no loop runs. With {@link #listening} it answers whether a process should be left
     * alone, or restarted.
     */
    default boolean alive() {
        return loopSilence().compareTo(Duration.ofSeconds(5)) < 0;
    }

    /** Connections accepted. */
    long accepted();

    /** Client connections open now, whatever they are being shown. */
    long open();

    /** Of those, the ones that have not yet proved to know the secret, nor failed to. */
    long handshakes();

    /** Clients open now that proved to know the secret. */
    Map<Client, Long> clients();

    /** TCP connections to Telegram open now; with an ad tag several clients share one. */
    Map<Telegram, Long> telegramConnections();

    /** Clients connected to Telegram now, each by a connection of its own or by a link that it shares. */
    default long relaying() {
        long connections = telegramConnections().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        return connections - middleProxyLinks().open() + middleProxyLinks().clients();
    }

    /** Connections being shown the cloaked site now, or waiting for a connection to it. */
    long cloaking();

    /** Bytes read from clients' sockets, those of strangers included. */
    long bytesFromClients();

    /** Bytes written towards clients' sockets, those of strangers included. */
    long bytesToClients();

    /** Size in bytes of the chunks that hold what waits for a slow socket now. */
    long bufferedBytes();

    /** What {@link #bufferedBytes} may come to, which never changes: see {@link MtProxyBuilder#maxBufferedBytes}. */
    long maxBufferedBytes();

    /** Memory of the replay cache now, in bytes, as far as it tells. */
    long replayCacheBytes();

    /**
     * The longest that any event loop was busy at a stretch within the last ten to twenty seconds: what a connection may have waited
     * for its turn.
     */
    Duration loopLag();

    /** How long ago the event loop that is quiet for longest turned last; zero while no loop runs. See {@link #alive}. */
    Duration loopSilence();

    /** Faults that were contained, of the proxy's own, of its client filter or of its directory of Telegram. */
    long crashes();

    /** Exceptions thrown by observers. */
    long observerFailures();

    /** Events that observers were too slow for. */
    long observerDrops();

    /** Connections not let in, by reason. */
    Map<RefusalReason, Long> refused();

    /** Refused connections that were shown the cloaked site, by reason. */
    Map<RefusalReason, Long> cloaked();

    /** Connections ended, by reason. */
    Map<CloseReason, Long> closed();

    /** What there is to say about the links to middle proxies; all zero and empty without an ad tag. */
    MiddleProxyLinks middleProxyLinks();

    /**
     * A kind of client.
     *
     * @param transport how it frames its packets
     * @param family how it reached the proxy
     */
    record Client(Transport transport, IpFamily family) {}

    /**
     * A kind of connection to Telegram.
     *
     * @param dc the number of the DC, positive also for media: one of {@link #DCS}
     * @param family how Telegram was reached
     */
    record Telegram(int dc, IpFamily family) {

        /** Stands for every DC without a number of its own here: clients choose it, so there is no end to them. */
        public static final int OTHER_DC = 0;

        /** The DCs that are told apart. */
        public static final List<Integer> DCS = List.of(1, 2, 3, 4, 5, 203, OTHER_DC);

        /** Takes a DC without a number of its own for {@link #OTHER_DC}. */
        public Telegram {
            dc = DCS.contains(dc) ? dc : OTHER_DC;
        }
    }

    /** Links to middle proxies. */
    interface MiddleProxyLinks {

        /** Links open now. */
        long open();

        /** Clients that have their place on a link now. */
        long clients();

        /** Clients that wait for a link now. */
        long waiting();

        /** Times that a client went on to another link because its own had ended. */
        long moves();

        /** Links opened. */
        long opened();

        /** Links that did not come about, by reason. */
        Map<LinkFailureReason, Long> failed();

        /** Links that ended, by reason. */
        Map<LinkCloseReason, Long> closed();

        /** Documents fetched from Telegram's site: the proxy secret and the lists of middle proxies. */
        long refreshes();

        /** Documents that could not be fetched or made no sense. */
        long failedRefreshes();

        /** How long ago Telegram's site last confirmed what is in use; zero before the start. */
        Duration configAge();

        /** By how much Telegram's site is ahead of this machine's clock, negative if behind; empty until it is known. */
        Optional<Duration> clockOffset();
    }
}
