package io.github.mtgjava.spi;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.RejectReason;
import io.github.mtgjava.SecretType;
import io.github.mtgjava.transport.obfuscated2.ProtocolTag;
import java.net.InetSocketAddress;

/**
 * Is told what happens to connections. Every method does nothing by default.
 *
 * <p>Called on the event loop of the connection, so it must neither block nor linger; one connection's events come in
 * order and from one thread, different connections' from several. What a method throws is counted, logged once, and
 * harms nobody. Bytes are not reported as they flow: the totals stand in {@link #closed} and in
 * {@link io.github.mtgjava.MtProxy#stats}.
 *
 * <p>The life of a connection: {@code accepted}; then either {@code handshakeDone} and, if the DC is known, {@code
 * telegramConnected} or {@code telegramConnectFailed}; or {@code refused}, and {@code cloaked} if it was shown the
 * cloaked site; or neither, if the client left before; and always {@code closed} in the end.
 */
public interface ProxyObserver {

    /** A connection came in. Ids are unique within one proxy and start at 1. */
    default void accepted(long connection, InetSocketAddress client) {}

    /**
     * A client proved that it knows the secret, and said what it wants.
     *
     * @param dc the DC index as the client sent it: negative for media DCs
     * @param nanos since it was accepted
     */
    default void handshakeDone(long connection, SecretType mode, ProtocolTag transport, int dc, long nanos) {}

    /** A connection was not let in. {@link RejectReason#REPLAY} is the one that means an attack. */
    default void refused(long connection, RejectReason reason) {}

    /** A refused connection is now being shown the cloaked site. */
    default void cloaked(long connection, RejectReason reason) {}

    /** A TCP connection to Telegram stands. {@code nanos} is how long connecting took; {@code dc} is the DC's number. */
    default void telegramConnected(long connection, int dc, InetSocketAddress address, long nanos) {}

    /** No address of the DC could be connected within {@code nanos}. */
    default void telegramConnectFailed(long connection, int dc, long nanos) {}

    /**
     * A connection ended.
     *
     * @param fromClient bytes read from the client's socket
     * @param toClient bytes written towards the client's socket
     * @param nanos since it was accepted
     */
    default void closed(long connection, CloseReason reason, long fromClient, long toClient, long nanos) {}

    /** A fault of the proxy's own was contained. */
    default void crashed(Throwable failure) {}
}
