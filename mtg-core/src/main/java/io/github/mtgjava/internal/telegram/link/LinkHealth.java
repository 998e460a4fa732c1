package io.github.mtgjava.internal.telegram.link;

import io.github.mtgjava.transport.nio.TcpConnection;
import java.time.Duration;

/** Whether a link is of use: told what happens on it, asked once a second. */
final class LinkHealth {

    /** Telegram took less than {@link #LEAST} of what is held for it for so long. */
    static final Duration WRITE_STALL = Duration.ofSeconds(60);

    static final int LEAST = 64 << 10;

    /** Nothing came for so long although there are clients: time to ask whether anybody is there. */
    static final Duration SILENCE = Duration.ofSeconds(15);

    /** How long the answer to that may take. */
    static final Duration PONG_TIMEOUT = Duration.ofSeconds(20);

    private final long idleNanos;
    private long heardAt;
    private long pingedAt;
    private boolean pinged;
    private long unusedSince;
    private long flushed;
    private long flushedAt;

    /** How a link is. */
    enum Finding {
        /** Nothing to do. */
        WELL,
        /** Ping it. */
        SILENT,
        /** Nobody needs it. */
        IDLE,
        /** It is dead, though nobody said so. */
        STALLED
    }

    LinkHealth(Duration idleTimeout, long now) {
        idleNanos = idleTimeout.toNanos();
        heardAt = now;
        unusedSince = now;
        flushedAt = now;
    }

    /** Something came from Telegram. */
    void onHeard(long now) {
        heardAt = now;
        pinged = false;
    }

    void onUnused(long now) {
        unusedSince = now;
    }

    Finding examine(TcpConnection connection, boolean used, boolean readingPaused, long now) {
        if (isStalled(connection, now)) {
            return Finding.STALLED;
        }
        if (readingPaused) {
            onHeard(now);
        }
        // Whoever has come or gone since then: the ping wants its answer.
        if (pinged) {
            return now - pingedAt >= PONG_TIMEOUT.toNanos() ? Finding.STALLED : Finding.WELL;
        }
        if (!used) {
            return now - unusedSince >= idleNanos ? Finding.IDLE : Finding.WELL;
        }
        if (now - heardAt >= SILENCE.toNanos()) {
            pinged = true;
            pingedAt = now;
            return Finding.SILENT;
        }
        return Finding.WELL;
    }

    private boolean isStalled(TcpConnection connection, long now) {
        if (connection.pending() == 0 || connection.flushed() - flushed >= LEAST) {
            flushed = connection.flushed();
            flushedAt = now;
        }
        return now - flushedAt >= WRITE_STALL.toNanos();
    }
}
