package io.github.mtgjava.internal;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.LinkCloseReason;
import io.github.mtgjava.LinkFailureReason;
import io.github.mtgjava.ProxyStats;
import io.github.mtgjava.RefusalReason;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The figures of one moment. Users see the interface only, so that a new figure breaks none of them. */
public record StatsSnapshot(
        boolean listening,
        long accepted,
        long open,
        long handshakes,
        Map<Client, Long> clients,
        Map<Telegram, Long> telegramConnections,
        long cloaking,
        long bytesFromClients,
        long bytesToClients,
        long bufferedBytes,
        long maxBufferedBytes,
        long replayCacheBytes,
        Duration loopLag,
        Duration loopSilence,
        long crashes,
        long observerFailures,
        long observerDrops,
        Map<RefusalReason, Long> refused,
        Map<RefusalReason, Long> cloaked,
        Map<CloseReason, Long> closed,
        MiddleProxyLinks middleProxyLinks)
        implements ProxyStats {

    /** With unmodifiable copies of the maps. */
    public StatsSnapshot {
        clients = Map.copyOf(clients);
        telegramConnections = Map.copyOf(telegramConnections);
        refused = Map.copyOf(refused);
        cloaked = Map.copyOf(cloaked);
        closed = Map.copyOf(closed);
    }

    /** The part about links to middle proxies. */
    public record Links(
            long open,
            long clients,
            long waiting,
            long moves,
            long opened,
            Map<LinkFailureReason, Long> failed,
            Map<LinkCloseReason, Long> closed,
            long refreshes,
            long failedRefreshes,
            Duration configAge,
            Optional<Duration> clockOffset)
            implements MiddleProxyLinks {

        /** With unmodifiable copies of the maps. */
        public Links {
            failed = Map.copyOf(failed);
            closed = Map.copyOf(closed);
        }
    }
}
