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
 * @param clients clients open now that proved to know the secret
 * @param telegramConnections connections to Telegram open now
 * @param cloaked connections being shown the cloaked site now
 * @param bytesFromClients bytes read from clients' sockets
 * @param bytesToClients bytes written towards clients' sockets
 * @param bufferedBytes size of the chunks that hold bytes waiting for a slow socket now
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
 */
public record ProxyStats(
        boolean listening,
        long accepted,
        long open,
        Map<Client, Long> clients,
        Map<Telegram, Long> telegramConnections,
        long cloaked,
        long bytesFromClients,
        long bytesToClients,
        long bufferedBytes,
        long replayCacheBytes,
        long loopLagNanos,
        long loopSilenceNanos,
        long crashes,
        long observerFailures,
        long observerDrops,
        Map<RejectReason, Long> refused,
        Map<RejectReason, Long> cloakings,
        Map<CloseReason, Long> closed) {

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

    /** With unmodifiable copies of the maps. */
    public ProxyStats {
        clients = Map.copyOf(clients);
        telegramConnections = Map.copyOf(telegramConnections);
        refused = Map.copyOf(refused);
        cloakings = Map.copyOf(cloakings);
        closed = Map.copyOf(closed);
    }

    /** Clients connected to Telegram now. */
    public long relaying() {
        return telegramConnections.values().stream().mapToLong(Long::longValue).sum();
    }
}
