package io.github.mtgjava.internal.session;

import io.github.mtgjava.transport.nio.TcpConnection;

/**
 * A stage of a session's life, holding only what is valid in it. Every method is called on the session's loop, by the
 * {@link Session}, which contains whatever they throw.
 */
abstract class Phase {

    final Session session;

    Phase(Session session) {
        this.session = session;
    }

    /** The session has just come here. */
    abstract void enter();

    /** One of the session's connections has something to read, or ended. */
    abstract void onReadable(TcpConnection connection);

    /** Nothing is held any more for one of the session's connections. */
    void onDrained(TcpConnection connection) {}

    /** One of the session's connections broke; it is closed already. */
    abstract void onFailed(TcpConnection connection);

    /** The session's timer fired. */
    abstract void onTimer();

    /** The session leaves, for another phase or for good: let go of everything that is not handed on. */
    void leave() {}
}
