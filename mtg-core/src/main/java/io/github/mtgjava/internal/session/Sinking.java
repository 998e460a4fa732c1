package io.github.mtgjava.internal.session;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.transport.nio.TcpConnection;

/**
 * What a refused client meets where there is no site to show: nothing. Its bytes are swallowed, nothing is answered, and
 * the connection is closed with FIN at a moment that says nothing about what was wrong with it.
 */
final class Sinking extends Phase {

    /** Bytes swallowed before we stop reading; a server that is stuck looks like that too. */
    private static final int BUDGET_BYTES = 64 * 1024;

    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final long deadline;
    private int budget = BUDGET_BYTES;

    private Sinking(Session session, long deadline) {
        super(session);
        this.deadline = deadline;
    }

    /** Silence for 30 to 90 seconds from accept; a little longer where that is over already. */
    static Sinking withoutOrigin(Session session) {
        long fromAccept = session.acceptedAt() + between(session, 30_000, 90_000);
        Sinking fromNow = originUnreachable(session);
        return fromAccept - fromNow.deadline > 0 ? new Sinking(session, fromAccept) : fromNow;
    }

    /** Silence for 5 to 30 seconds from now: as long as a site might take that has trouble. */
    static Sinking originUnreachable(Session session) {
        return new Sinking(session, session.loop().now() + between(session, 5_000, 30_000));
    }

    private static long between(Session session, int lowestMillis, int highestMillis) {
        RandomSource random = session.context().config().random();
        return random.between(lowestMillis, highestMillis) * NANOS_PER_MILLI;
    }

    @Override
    void enter() {
        session.client().resumeReading();
        session.scheduleAt(deadline);
    }

    @Override
    void onReadable(TcpConnection client) {
        int bytesRead = session.context().buffers().read(client, BUDGET_BYTES);
        if (bytesRead == TcpConnection.END_OF_STREAM) {
            session.close(CloseReason.REFUSED);
        } else {
            session.countFromClient(bytesRead);
            budget -= bytesRead;
            if (budget <= 0) {
                client.pauseReading();
            }
        }
    }

    @Override
    void onFailed(TcpConnection client) {
        session.close(CloseReason.REFUSED);
    }

    @Override
    void onTimer() {
        session.become(new Draining(session, CloseReason.REFUSED));
    }
}
