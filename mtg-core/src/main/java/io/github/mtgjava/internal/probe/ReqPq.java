package io.github.mtgjava.internal.probe;

import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.transport.obfuscated2.ProtocolTag;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;

/**
 * The first question of every MTProto key exchange, which any DC answers to anybody: {@code req_pq_multi} in an unencrypted
 * message, as a packet of the intermediate transports.
 *
 * <pre>
 *  packet length, or with its top bit set a quick acknowledgement     4 ┐ of the packet,
 *  auth_key_id 0                                                      8 │ little-endian
 *  message_id                                                         8 │
 *  body length                                                        4 │
 *  body: req_pq_multi, nonce                                      4, 16 │
 *  padding                                                        0..15 ┘ padded intermediate only
 * </pre>
 */
final class ReqPq {

    static final int NONCE_BYTES = 16;
    static final int MESSAGE_HEADER_BYTES = 8 + 8 + 4;

    private static final int REQ_PQ_MULTI = 0xbe7e8ef1;
    private static final int MAX_PADDING_BYTES = 15;

    private ReqPq() {}

    /**
     * Writes the packet.
     *
     * @param tag one of the two intermediate transports
     * @param now what message ids are made of
     */
    static byte[] packet(ProtocolTag tag, byte[] nonce, Instant now, RandomSource random) {
        boolean padded = tag == ProtocolTag.PADDED_INTERMEDIATE;
        byte[] padding = random.bytes(padded ? random.between(0, MAX_PADDING_BYTES) : 0);
        int body = Integer.BYTES + NONCE_BYTES;
        int packet = MESSAGE_HEADER_BYTES + body + padding.length;
        return ByteBuffer.allocate(Integer.BYTES + packet)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(packet)
                .putLong(0)
                .putLong(messageId(now))
                .putInt(body)
                .putInt(REQ_PQ_MULTI)
                .put(nonce)
                .put(padding)
                .array();
    }

    /** Unix time in units of 2⁻³² seconds; a client's ids are divisible by four. */
    private static long messageId(Instant now) {
        long fraction = ((long) now.getNano() << Integer.SIZE) / 1_000_000_000L;
        return ((now.getEpochSecond() << Integer.SIZE) | fraction) & ~3L;
    }
}
