package io.github.mtgjava;

import java.util.Map;

/**
 * Totals and levels of a proxy at about one moment. Totals count since it was built.
 *
 * @param accepted connections accepted
 * @param open client connections open now, whatever they are being shown
 * @param relaying clients connected to Telegram now
 * @param cloaked connections being shown the cloaked site now
 * @param bytesFromClients bytes read from clients' sockets
 * @param bytesToClients bytes written towards clients' sockets
 * @param bufferedBytes size of the chunks that hold bytes waiting for a slow socket now
 * @param crashes contained faults of the proxy's own
 * @param observerFailures exceptions thrown by the observer
 * @param refused connections not let in, by reason; every reason is a key
 * @param closed connections ended, by reason; every reason is a key
 */
public record ProxyStats(
        long accepted,
        long open,
        long relaying,
        long cloaked,
        long bytesFromClients,
        long bytesToClients,
        long bufferedBytes,
        long crashes,
        long observerFailures,
        Map<RejectReason, Long> refused,
        Map<CloseReason, Long> closed) {

    /** With unmodifiable copies of the maps. */
    public ProxyStats {
        refused = Map.copyOf(refused);
        closed = Map.copyOf(closed);
    }
}
