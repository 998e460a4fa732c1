package io.github.mtgjava;

import io.github.mtgjava.transport.obfuscated2.ProtocolTag;
import java.util.List;
import java.util.Map;

/**
 * Totals and levels of a proxy at about one moment. Totals count since it was built. Maps have every key that there can
 * be, also where the number is zero.
 *
 * @param listening whether new connections are taken: false before the start and from the beginning of the stop on
 * @param accepted connections accepted
 * @param open client connections open now, whatever they are being shown
 * @param handshakes of those, the ones that have not yet proved to know the secret, nor failed to
 * @param clients clients open now that proved to know the secret
 * @param telegramConnections TCP connections to Telegram open now; with an ad tag several clients share one
 * @param cloaked connections being shown the cloaked site now
 * @param bytesFromClients bytes read from clients' sockets
 * @param bytesToClients bytes written towards clients' sockets
 * @param bufferedBytes size of the chunks that hold bytes waiting for a slow socket now
 * @param maxBufferedBytes what they may come to: see {@code MtProxyBuilder.maxBufferedBytes}
 * @param replayCacheBytes memory of the replay cache, as far as it tells
 * @param loopLagNanos the longest that any event loop was busy at a stretch within the last ten to twenty seconds: what a
 *     connection may have waited for its turn
 * @param loopSilenceNanos how long ago the event loop that is quiet for longest turned last; a healthy one turns at least
 *     once a second, also if it has nothing to do; zero while no loop runs
 * @param crashes contained faults of the proxy's own
 * @param observerFailures exceptions thrown by observers
 * @param observerDrops events that observers were too slow for
 * @param refused connections not let in, by reason
 * @param cloakings refused connections that were shown the cloaked site, by reason
 * @param closed connections ended, by reason
 * @param links what there is to say about the links to middle proxies; all zero without an ad tag
 */
public record ProxyStats(
        boolean listening,
        long accepted,
        long open,
        long handshakes,
        Map<Client, Long> clients,
        Map<Telegram, Long> telegramConnections,
        long cloaked,
        long bytesFromClients,
        long bytesToClients,
        long bufferedBytes,
        long maxBufferedBytes,
        long replayCacheBytes,
        long loopLagNanos,
        long loopSilenceNanos,
        long crashes,
        long observerFailures,
        long observerDrops,
        Map<RejectReason, Long> refused,
        Map<RejectReason, Long> cloakings,
        Map<CloseReason, Long> closed,
        Links links) {

    /**
     * A kind of client.
     *
     * @param transport how it frames its packets
     * @param family how it reached the proxy
     */
    public record Client(ProtocolTag transport, IpFamily family) {}

    /**
     * A kind of connection to Telegram.
     *
     * @param dc one of {@link #DCS}
     * @param family how Telegram was reached
     */
    public record Telegram(int dc, IpFamily family) {

        /** Stands for every DC without a number of its own here: clients choose it, so there is no end to them. */
        public static final int OTHER_DC = 0;

        /** The DCs that are told apart. */
        public static final List<Integer> DCS = List.of(1, 2, 3, 4, 5, 203, OTHER_DC);

        /** The kind of a connection to any DC, by the DC's number. */
        public static Telegram of(int dc, IpFamily family) {
            return new Telegram(DCS.contains(dc) ? dc : OTHER_DC, family);
        }
    }

    /**
     * Links to middle proxies.
     *
     * @param open links open now
     * @param clients clients that have their place on a link now
     * @param waiting clients that wait for a link now
     * @param moves times that a client went on to another link because its own had ended
     * @param opened links opened
     * @param failed links that did not come about, by reason
     * @param closed links that ended, by reason
     * @param refreshes documents fetched from Telegram's site: the proxy secret and the lists of middle proxies
     * @param failedRefreshes documents that could not be fetched or made no sense
     * @param configAgeMillis how long ago Telegram's site last confirmed what is in use; zero before the start
     * @param clockOffsetMillis by how much Telegram's site is ahead of this machine's clock; zero until it is known
     */
    public record Links(
            long open,
            long clients,
            long waiting,
            long moves,
            long opened,
            Map<LinkFailure, Long> failed,
            Map<LinkCloseReason, Long> closed,
            long refreshes,
            long failedRefreshes,
            long configAgeMillis,
            long clockOffsetMillis) {

        /** With unmodifiable copies of the maps. */
        public Links {
            failed = Map.copyOf(failed);
            closed = Map.copyOf(closed);
        }
    }

    /** With unmodifiable copies of the maps. */
    public ProxyStats {
        clients = Map.copyOf(clients);
        telegramConnections = Map.copyOf(telegramConnections);
        refused = Map.copyOf(refused);
        cloakings = Map.copyOf(cloakings);
        closed = Map.copyOf(closed);
    }

    /** Clients connected to Telegram now, each by a connection of its own or by a link that it shares. */
    public long relaying() {
        long connections =
                telegramConnections.values().stream().mapToLong(Long::longValue).sum();
        return connections - links.open() + links.clients();
    }
}
