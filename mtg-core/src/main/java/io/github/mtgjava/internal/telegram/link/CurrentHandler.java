package io.github.mtgjava.internal.telegram.link;

import io.github.mtgjava.transport.nio.ConnectionHandler;
import io.github.mtgjava.transport.nio.TcpConnection;

/** Passes a connection's events on to whoever it belongs to now: an attempt at first, then the link that it led to. */
final class CurrentHandler implements ConnectionHandler {

    private ConnectionHandler current;

    CurrentHandler(ConnectionHandler first) {
        current = first;
    }

    void becomes(ConnectionHandler next) {
        current = next;
    }

    @Override
    public void onReadable(TcpConnection connection) {
        current.onReadable(connection);
    }

    @Override
    public void onDrained(TcpConnection connection) {
        current.onDrained(connection);
    }

    @Override
    public void onFailed(TcpConnection connection) {
        current.onFailed(connection);
    }
}
