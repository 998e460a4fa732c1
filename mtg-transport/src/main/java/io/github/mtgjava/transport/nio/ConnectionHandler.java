package io.github.mtgjava.transport.nio;

/**
 * What happens on a connection. Called on its loop only. What a method throws ends this connection and no other.
 */
public interface ConnectionHandler {

    /** There is something to read, or the end of the stream. Read it, or {@linkplain TcpConnection#pauseReading pause}. */
    void onReadable(TcpConnection connection);

    /** Everything that had been held back for the peer is written. */
    void onDrained(TcpConnection connection);

    /**
     * The connection broke (a reset, say), or its loop gave it up. It is closed already and nothing more is called.
     * Not called after {@link TcpConnection#close} or {@link TcpConnection#reset}.
     */
    void onFailed(TcpConnection connection);
}
