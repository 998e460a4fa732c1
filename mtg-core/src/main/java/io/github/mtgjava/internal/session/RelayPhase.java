package io.github.mtgjava.internal.session;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.transport.nio.TcpConnection;

/**
 * Bytes flow both ways between the client and somebody else. An end of stream on one side is passed on as one to the
 * other. One idle timer serves both directions: any byte resets it, by being noted; the timer itself is not touched.
 */
abstract class RelayPhase extends Phase {

    final TcpConnection upstream;
    private final Pipe up;
    private final Pipe down;
    private long lastActivity;
    private long lastFlushed;

    RelayPhase(Session session, TcpConnection upstream, Pipe up, Pipe down) {
        super(session);
        this.upstream = upstream;
        this.up = up;
        this.down = down;
        this.lastActivity = session.loop().now();
    }

    /** One side ended and the other one was told. */
    abstract void onEnded(TcpConnection connection);

    /** How long nothing may flow, as things are now. */
    abstract long idleNanos();

    /** Nothing flowed for that long. */
    abstract CloseReason idleReason();

    /** Both sides ended and have everything. */
    abstract CloseReason doneReason();

    @Override
    void enter() {
        scheduleIdleCheck();
    }

    final Pipe up() {
        return up;
    }

    final void scheduleIdleCheck() {
        session.scheduleAt(lastActivity + idleNanos());
    }

    @Override
    final void onReadable(TcpConnection connection) {
        boolean fromClient = connection == session.client();
        Pipe pipe = fromClient ? up : down;
        int moved = pipe.pump();
        if (moved > 0) {
            lastActivity = session.loop().now();
            if (fromClient) {
                session.countFromClient(moved);
            } else {
                session.countToClient(pipe.lastOutput());
            }
        } else if (moved == TcpConnection.END_OF_STREAM) {
            lastActivity = session.loop().now();
            pipe.end();
            onEnded(connection);
            closeIfDone();
        } else if (moved == Pipe.MALFORMED) {
            session.become(new Draining(session, CloseReason.BAD_RECORD));
        }
    }

    @Override
    final void onDrained(TcpConnection connection) {
        lastActivity = session.loop().now();
        (connection == session.client() ? down : up).onDrained();
        closeIfDone();
    }

    @Override
    final void onTimer() {
        long flushed = session.client().flushed() + upstream.flushed();
        if (flushed != lastFlushed) {
            // Nothing was read, as a slow peer has to take first what is held for it: and it does.
            lastFlushed = flushed;
            lastActivity = session.loop().now();
        }
        if (session.client().isClosed()
                || lastActivity + idleNanos() - session.loop().now() <= 0) {
            session.close(idleReason());
        } else {
            scheduleIdleCheck();
        }
    }

    private void closeIfDone() {
        if (up.isDone() && down.isDone()) {
            session.close(doneReason());
        }
    }

    @Override
    void leave() {
        upstream.close();
    }
}
