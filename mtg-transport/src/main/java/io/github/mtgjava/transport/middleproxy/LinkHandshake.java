package io.github.mtgjava.transport.middleproxy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Our side of the opening of a link (docs/protocol.md, Middle proxies): nonces in the clear, keys from them, a handshake
 * under the keys.
 *
 * <p>One per link; belongs to one thread at a time; never throws on hostile input.
 */
public final class LinkHandshake {

    /** Length of our nonce. */
    public static final int NONCE_BYTES = 16;

    private static final int PAYLOAD_BYTES = 32;
    private static final int SCHEMA_AES = 1;
    private static final int MAX_CLOCK_DIFFERENCE = 30;

    /** Who we are and who they are, in words that Telegram has accepted from proxies since there are any. */
    private static final byte[] PID = "IPIPPRPDTIME".getBytes(StandardCharsets.US_ASCII);

    private static final int FLAGS_LOW_BYTE = 0xff;
    private static final int FLAG_CRC32C = 0x800;

    private final ProxySecret secret;
    private final Ends ends;
    private final int unixSeconds;
    private final byte[] ourNonce;
    private final FrameWriter writer = new FrameWriter();
    private final FrameReader reader = new FrameReader();
    private ByteBuffer output = ByteBuffer.allocate(0);
    private boolean hasKeys;
    private @Nullable LinkFault fault;
    private int refusalCode;

    /** How it stands. */
    public enum Status {
        /** More has to come from the other side. */
        NEED_INPUT,
        /** {@link #output} has to be sent; then go on reading. */
        WRITE,
        /** The link stands: {@link #reader} and {@link #writer} go on, with what is left of the input. */
        READY,
        /** There will be no link: see {@link #fault}. */
        FAILED
    }

    /**
     * Begins a handshake.
     *
     * @param unixSeconds our time, as 32 unsigned bits
     * @param nonce {@value #NONCE_BYTES} bytes, fit for cryptography
     */
    public LinkHandshake(ProxySecret secret, Ends ends, int unixSeconds, byte[] nonce) {
        if (nonce.length != NONCE_BYTES) {
            throw new IllegalArgumentException("a nonce has " + NONCE_BYTES + " bytes, not " + nonce.length);
        }
        this.secret = secret;
        this.ends = ends;
        this.unixSeconds = unixSeconds;
        this.ourNonce = nonce.clone();
        reader.limitPayload(PAYLOAD_BYTES);
    }

    /** What to send first. */
    public ByteBuffer request() {
        return frame(littleEndian()
                .putInt(RpcTag.NONCE)
                .put(secret.keySelector())
                .putInt(SCHEMA_AES)
                .putInt(unixSeconds)
                .put(ourNonce)
                .flip());
    }

    private ByteBuffer frame(ByteBuffer payload) {
        ByteBuffer out = ByteBuffer.allocate(FrameWriter.frameBytes(payload.remaining()));
        writer.begin(payload.remaining());
        writer.put(payload, out);
        writer.finish(out);
        return out.flip();
    }

    private static ByteBuffer littleEndian() {
        return ByteBuffer.allocate(PAYLOAD_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Goes on with what has arrived. */
    public Status read(ByteBuffer in) {
        if (fault != null) {
            return Status.FAILED;
        }
        return switch (reader.read(in)) {
            case NEED_INPUT -> Status.NEED_INPUT;
            case REJECTED -> fail(hasKeys ? LinkFault.KEYS : LinkFault.GARBAGE);
            case FRAME -> {
                ByteBuffer payload = reader.payload().slice().order(ByteOrder.LITTLE_ENDIAN);
                yield hasKeys ? onHandshake(payload) : onNonce(payload);
            }
        };
    }

    private Status fail(LinkFault why) {
        fault = why;
        return Status.FAILED;
    }

    private Status onNonce(ByteBuffer answer) {
        if (answer.remaining() != PAYLOAD_BYTES || answer.getInt() != RpcTag.NONCE) {
            return fail(LinkFault.GARBAGE);
        }
        byte[] selector = bytes(answer, ProxySecret.SELECTOR_BYTES);
        int schema = answer.getInt();
        int theirSeconds = answer.getInt();
        if (schema != SCHEMA_AES) {
            return fail(LinkFault.NO_ENCRYPTION);
        }
        if (!Arrays.equals(selector, secret.keySelector())) {
            return fail(LinkFault.WRONG_SECRET);
        }
        // The difference is right also across the wrap of 32 bits.
        if (Math.abs((long) (theirSeconds - unixSeconds)) > MAX_CLOCK_DIFFERENCE) {
            return fail(LinkFault.CLOCK);
        }
        LinkKeys keys = new LinkKeys(secret, ourNonce, bytes(answer, NONCE_BYTES), unixSeconds, ends);
        reader.decryptWith(keys.decryption());
        writer.encryptWith(keys.encryption());
        hasKeys = true;
        output = frame(littleEndian()
                .putInt(RpcTag.HANDSHAKE)
                .putInt(0)
                .put(PID)
                .put(PID)
                .flip());
        return Status.WRITE;
    }

    private Status onHandshake(ByteBuffer answer) {
        if (answer.remaining() < 2 * Integer.BYTES) {
            return fail(LinkFault.WRONG_PEER);
        }
        int tag = answer.getInt();
        int flags = answer.getInt();
        if (tag == RpcTag.HANDSHAKE_ERROR) {
            refusalCode = flags;
            return fail(LinkFault.REFUSED);
        }
        boolean answers = tag == RpcTag.HANDSHAKE
                && answer.capacity() == PAYLOAD_BYTES
                && (flags & FLAGS_LOW_BYTE) == 0
                && (flags & FLAG_CRC32C) == 0
                && Arrays.equals(bytes(answer.position(PAYLOAD_BYTES - PID.length), PID.length), PID);
        if (!answers) {
            return fail(LinkFault.WRONG_PEER);
        }
        reader.limitPayload(FrameWriter.MAX_PAYLOAD_BYTES);
        return Status.READY;
    }

    private static byte[] bytes(ByteBuffer from, int count) {
        byte[] bytes = new byte[count];
        from.get(bytes);
        return bytes;
    }

    /** What to send after {@link Status#WRITE}. */
    public ByteBuffer output() {
        return output;
    }

    /** Reads what they send on the link, once it is {@link Status#READY}. */
    public FrameReader reader() {
        return reader;
    }

    /** Writes what we send on the link, once it is {@link Status#READY}. */
    public FrameWriter writer() {
        return writer;
    }

    /**
     * Why it failed.
     *
     * @throws IllegalStateException if it has not
     */
    public LinkFault fault() {
        if (fault == null) {
            throw new IllegalStateException("the handshake has not failed");
        }
        return fault;
    }

    /** Their code, after {@link LinkFault#REFUSED}: −4 wrong peer, −6 wrong process, −7 flags, −8 checksum. */
    public int refusalCode() {
        return refusalCode;
    }
}
