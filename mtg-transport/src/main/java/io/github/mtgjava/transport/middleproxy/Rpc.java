package io.github.mtgjava.transport.middleproxy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The small payloads that a proxy sends on a link beside its clients' messages. Safe to use from any thread. */
public final class Rpc {

    private static final int BYTES = 12;

    private Rpc() {}

    /** Tells that a client has gone: nothing more is wanted for this connection id. */
    public static ByteBuffer closeConnection(long connectionId) {
        return payload(RpcTag.CLOSE_CONN, connectionId);
    }

    /** Asks whether anybody is there. */
    public static ByteBuffer ping(long id) {
        return payload(RpcTag.PING, id);
    }

    /** Answers a ping. */
    public static ByteBuffer pong(long id) {
        return payload(RpcTag.PONG, id);
    }

    private static ByteBuffer payload(int tag, long id) {
        return ByteBuffer.allocate(BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(tag)
                .putLong(id)
                .flip();
    }
}
