package io.github.mtgjava.internal.session;

import io.github.mtgjava.transport.nio.TcpConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;

/**
 * A stage of a session's life, holding only what is valid in it. Every method is called on the session's loop, by the
 * {@link Session}, which contains whatever they throw.
 */
abstract class Phase {

    final Session session;

    Phase(Session session) {
        this.session = session;
    }

    /** Puts a channel that has just connected on the session's loop. */
    final TcpConnection open(SocketChannel channel) {
        try {
            return TcpConnection.open(session.loop(), channel, session, false);
        } catch (IOException failure) {
            throw new UncheckedIOException("a socket that had just connected cannot be registered", failure);
        }
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
