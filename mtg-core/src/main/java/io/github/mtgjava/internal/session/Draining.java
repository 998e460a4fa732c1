package io.github.mtgjava.internal.session;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.transport.nio.EventLoop;
import io.github.mtgjava.transport.nio.TcpConnection;
import java.time.Duration;

/**
 * The last thing that happens to a client that is closed politely: it gets all that is held for it and then FIN. What it
 * still sends is read and dropped, because closing a socket with unread data would send RST, which can destroy the tail
 * at the other end. Ends when the client ends, or after a while without a sign of life from it.
 */
final class Draining extends Phase {

    private static final long LINGER_NANOS = Duration.ofSeconds(30).toNanos();

    private final CloseReason reason;
    private long latestEnd;
    private long lastFlushed;

    Draining(Session session, CloseReason reason) {
        super(session);
        this.reason = reason;
    }

    @Override
    void enter() {
        if (session.client().isClosed()) {
            session.close(reason);
            return;
        }
        latestEnd = session.loop().now() + idleNanos();
        lastFlushed = session.client().flushed();
        session.client().finish();
        session.client().resumeReading();
        linger();
    }

    private long idleNanos() {
        return session.context().config().idleTimeout().toNanos();
    }

    /** While bytes are held the client may take as long as any idle one; then it has a little time to end. */
    private void linger() {
        long now = session.loop().now();
        long end = session.client().pending() > 0 ? now + idleNanos() : now + Math.min(LINGER_NANOS, latestEnd - now);
        session.scheduleAt(end);
    }

    @Override
    void onReadable(TcpConnection client) {
        int bytesRead = session.context().buffers().read(client, EventLoop.READ_BUFFER_BYTES);
        if (bytesRead > 0) {
            session.countFromClient(bytesRead);
            if (client.pending() == 0) {
                // It lives, and has not seen our end yet: the kernel may hold much of the tail.
                linger();
            }
        } else if (bytesRead == TcpConnection.END_OF_STREAM) {
            client.pauseReading();
            if (client.pending() == 0) {
                session.close(reason);
            }
        }
    }

    @Override
    void onDrained(TcpConnection client) {
        if (client.isReadingPaused()) {
            session.close(reason);
        } else {
            latestEnd = session.loop().now() + idleNanos();
            linger();
        }
    }

    @Override
    void onFailed(TcpConnection client) {
        session.close(reason);
    }

    @Override
    void onTimer() {
        long flushed = session.client().flushed();
        if (session.client().pending() > 0 && flushed != lastFlushed) {
            lastFlushed = flushed;
            linger();
        } else {
            session.close(reason);
        }
    }
}
