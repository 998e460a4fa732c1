package io.github.mtgjava.testkit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

/**
 * The first two messages of every MTProto key exchange, both unencrypted: {@code req_pq_multi} and {@code resPQ}.
 *
 * <pre>
 * auth_key_id 0 (8) | message_id (8) | body length (4) | body
 * req_pq_multi: be7e8ef1 | nonce (16)
 * resPQ:        05162463 | nonce (16) | server_nonce (16) | pq: TL string | fingerprints: vector of longs
 * </pre>
 */
final class PqExchange {
    static final int NONCE_LENGTH = 16;

    private static final int REQ_PQ_MULTI = 0xbe7e8ef1;
    private static final int RES_PQ = 0x05162463;
    private static final int VECTOR = 0x1cb5c415;
    private static final long FINGERPRINT = 0xd09d1d85de64fd85L;
    /** A TL string of 8 bytes: its length, the number, three bytes up to a multiple of four. */
    private static final byte[] PQ = HexFormat.of().parseHex("0817ed48941a08f981000000");

    private static final int HEADER_LENGTH = 20;
    private static final int RES_PQ_LENGTH = 4 + 2 * NONCE_LENGTH + PQ.length + 4 + 4 + 8;

    private PqExchange() {}

    /** Returns the packet of a client that asks. */
    static byte[] request(byte[] nonce, Random random) {
        return message(4 + NONCE_LENGTH, random).putInt(REQ_PQ_MULTI).put(nonce).array();
    }

    /** Checks a request and returns the packet that answers it. */
    static byte[] answer(byte[] request, Random random) {
        ByteBuffer body = body(request, 4 + NONCE_LENGTH);
        expect(body.getInt() == REQ_PQ_MULTI, "not a req_pq_multi");
        byte[] nonces = new byte[2 * NONCE_LENGTH];
        random.nextBytes(nonces);
        body.get(nonces, 0, NONCE_LENGTH);
        return message(RES_PQ_LENGTH, random)
                .putInt(RES_PQ)
                .put(nonces)
                .put(PQ)
                .putInt(VECTOR)
                .putInt(1)
                .putLong(FINGERPRINT)
                .array();
    }

    /** Checks that {@code answer} is the well-formed answer to the request with {@code nonce}. */
    static void verify(byte[] answer, byte[] nonce) {
        ByteBuffer body = body(answer, RES_PQ_LENGTH);
        expect(body.getInt() == RES_PQ, "not a resPQ");
        expect(Arrays.equals(take(body, NONCE_LENGTH), nonce), "another nonce than ours");
        take(body, NONCE_LENGTH);
        expect(Arrays.equals(take(body, PQ.length), PQ), "another pq");
        expect(body.getInt() == VECTOR && body.getInt() == 1 && body.getLong() == FINGERPRINT, "another fingerprint");
    }

    private static ByteBuffer message(int bodyLength, Random random) {
        return little(new byte[HEADER_LENGTH + bodyLength])
                .putLong(0)
                .putLong(random.nextLong())
                .putInt(bodyLength);
    }

    private static ByteBuffer body(byte[] packet, int length) {
        expect(packet.length >= HEADER_LENGTH + length, "a packet of only " + packet.length + " bytes");
        ByteBuffer in = little(packet);
        expect(in.getLong(0) == 0, "an encrypted message");
        expect(in.getInt(16) == length, "a body of " + in.getInt(16) + " bytes instead of " + length);
        return in.position(HEADER_LENGTH);
    }

    private static byte[] take(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void expect(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError("unexpected packet: " + otherwise);
        }
    }
}
