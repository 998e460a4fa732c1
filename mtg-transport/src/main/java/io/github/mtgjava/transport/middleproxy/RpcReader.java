package io.github.mtgjava.transport.middleproxy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Understands the payloads that Telegram sends on a link (docs/protocol.md, Middle proxies). One per link; belongs to one
 * thread at a time; never throws on hostile input.
 */
public final class RpcReader {

    private static final int TAG_BYTES = 4;
    private static final int ID_PAYLOAD_BYTES = 12;
    private static final int ACK_BYTES = 16;
    private static final int ANSWER_HEADER_BYTES = 16;
    private static final int ANSWER_ID_AT = 8;
    private static final int CONFIRM_AT = 12;

    private long id;
    private int confirm;

    /** What a payload is. */
    public enum Kind {
        /** A message for the client {@link #id}: what remains of the payload. */
        ANSWER,
        /** Telegram has got a message of the client {@link #id}, which is to see {@link #confirm}. */
        SIMPLE_ACK,
        /** Telegram is done with the client {@link #id}. */
        CLOSE_EXT,
        /** The same in other words. */
        CLOSE_CONN,
        /** Wants a pong with {@link #id}. */
        PING,
        /** Answers our ping {@link #id}. */
        PONG,
        /** Of a kind that is not known here: to be skipped. */
        UNKNOWN,
        /** Of another length than what it says it is: to be skipped. */
        MALFORMED
    }

    /** Has read nothing yet. */
    public RpcReader() {}

    /**
     * Reads a payload.
     *
     * @param payload in read mode; after {@link Kind#ANSWER} the message remains in it, of any length
     */
    public Kind read(ByteBuffer payload) {
        if (payload.remaining() < TAG_BYTES) {
            return Kind.MALFORMED;
        }
        return switch (littleEndianInt(payload, 0)) {
            case RpcTag.PROXY_ANS -> answer(payload);
            case RpcTag.SIMPLE_ACK -> ack(payload);
            case RpcTag.CLOSE_EXT -> withId(payload, ID_PAYLOAD_BYTES, Kind.CLOSE_EXT);
            case RpcTag.CLOSE_CONN -> withId(payload, ID_PAYLOAD_BYTES, Kind.CLOSE_CONN);
            case RpcTag.PING -> withId(payload, ID_PAYLOAD_BYTES, Kind.PING);
            case RpcTag.PONG -> withId(payload, ID_PAYLOAD_BYTES, Kind.PONG);
            default -> Kind.UNKNOWN;
        };
    }

    private Kind answer(ByteBuffer payload) {
        if (payload.remaining() < ANSWER_HEADER_BYTES) {
            return Kind.MALFORMED;
        }
        id = littleEndianLong(payload, ANSWER_ID_AT);
        payload.position(payload.position() + ANSWER_HEADER_BYTES);
        return Kind.ANSWER;
    }

    private Kind ack(ByteBuffer payload) {
        Kind kind = withId(payload, ACK_BYTES, Kind.SIMPLE_ACK);
        if (kind == Kind.SIMPLE_ACK) {
            confirm = littleEndianInt(payload, CONFIRM_AT);
        }
        return kind;
    }

    private Kind withId(ByteBuffer payload, int bytes, Kind kind) {
        if (payload.remaining() != bytes) {
            return Kind.MALFORMED;
        }
        id = littleEndianLong(payload, TAG_BYTES);
        return kind;
    }

    /** The connection id, or that of a ping, of the payload read last. */
    public long id() {
        return id;
    }

    /** What the client is to see of the acknowledgement read last: its four bytes, read little-endian. */
    public int confirm() {
        return confirm;
    }

    private static int littleEndianInt(ByteBuffer payload, int at) {
        int value = payload.getInt(payload.position() + at);
        return payload.order() == ByteOrder.LITTLE_ENDIAN ? value : Integer.reverseBytes(value);
    }

    private static long littleEndianLong(ByteBuffer payload, int at) {
        long value = payload.getLong(payload.position() + at);
        return payload.order() == ByteOrder.LITTLE_ENDIAN ? value : Long.reverseBytes(value);
    }
}
