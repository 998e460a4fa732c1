package io.github.mtgjava.internal.session;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.transport.nio.TcpConnection;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * The last thing that happens to a client that is closed politely: it gets all that is held for it and then FIN. What it
 * still sends is read and dropped, because closing a socket with unread data would send RST, which can destroy the tail
 * at the other end. Ends when the client ends, or a while after it has everything.
 */
final class Draining extends Phase {

    private static final long LINGER_NANOS = Duration.ofSeconds(10).toNanos();

    private final CloseReason reason;

    Draining(Session session, CloseReason reason) {
        super(session);
        this.reason = reason;
    }

    @Override
    void enter() {
        session.client().finish();
        session.client().resumeReading();
        boolean delivered = session.client().pending() == 0;
        session.scheduleAt(session.loop().now()
                + (delivered
                        ? LINGER_NANOS
                        : session.context().config().idleTimeout().toNanos()));
    }

    @Override
    void onReadable(TcpConnection client) {
        ByteBuffer area = session.context().buffers().area().clear();
        int bytesRead = client.read(area);
        if (bytesRead > 0) {
            session.countFromClient(bytesRead);
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
            session.scheduleAt(session.loop().now() + LINGER_NANOS);
        }
    }

    @Override
    void onFailed(TcpConnection client) {
        session.close(reason);
    }

    @Override
    void onTimer() {
        session.close(reason);
    }
}
