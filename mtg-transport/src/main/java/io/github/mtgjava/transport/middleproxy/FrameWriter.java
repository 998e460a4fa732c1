package io.github.mtgjava.transport.middleproxy;

import io.github.mtgjava.crypto.AesCbc;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Writes the frames of one direction of a link, each padded to whole blocks: {@link #begin}, any number of {@link #put},
 * {@link #finish}. Where the output has no room for more they say so, and are called again with a new one.
 *
 * <p>Belongs to one thread at a time; allocates nothing per frame.
 */
public final class FrameWriter {

    /** The longest payload of a frame. */
    public static final int MAX_PAYLOAD_BYTES = Frame.MAX_PAYLOAD_BYTES;

    /** A multiple of the cipher's block. */
    private static final int PIECE_BYTES = 4096;

    private final byte[] plain = new byte[PIECE_BYTES];
    private final byte[] ready = new byte[PIECE_BYTES];
    private final ByteBuffer plainInts = ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32 checksum = new CRC32();
    private @Nullable AesCbc cipher;
    private int sequence;
    private int payloadLeft;
    private boolean inFrame;
    private boolean sealed;
    private int plainBytes;
    private int readyFrom;
    private int readyTo;

    /** Writes plain frames, from the first of the direction on. */
    public FrameWriter() {
        this(Frame.FIRST_SEQUENCE);
    }

    /** In the middle of the direction. */
    FrameWriter(int sequence) {
        this.sequence = sequence;
    }

    /** Encrypts from the next frame on. */
    public void encryptWith(AesCbc encryption) {
        cipher = encryption;
    }

    /** How long a frame is on the wire, its padding included. */
    public static int frameBytes(int payloadBytes) {
        return Frame.paddedBytes(payloadBytes + Frame.OVERHEAD_BYTES);
    }

    /**
     * Starts a frame.
     *
     * @param payloadBytes a multiple of 4, 4 to {@link #MAX_PAYLOAD_BYTES}
     * @throws IllegalArgumentException if it is not
     * @throws IllegalStateException if the one before is not finished
     */
    public void begin(int payloadBytes) {
        if (payloadBytes <= 0 || payloadBytes > MAX_PAYLOAD_BYTES || payloadBytes % Frame.WORD_BYTES != 0) {
            throw new IllegalArgumentException("no frame has such a payload: " + payloadBytes + " bytes");
        }
        if (inFrame) {
            throw new IllegalStateException("the frame before is not finished");
        }
        inFrame = true;
        sealed = false;
        payloadLeft = payloadBytes;
        plainInts.putInt(0, payloadBytes + Frame.OVERHEAD_BYTES).putInt(Frame.WORD_BYTES, sequence++);
        plainBytes = Frame.HEADER_BYTES;
        checksum.reset();
        checksum.update(plain, 0, Frame.HEADER_BYTES);
    }

    /**
     * Writes a part of the payload.
     *
     * @return whether all of it is taken; if not, there is no room left in {@code out}
     * @throws IllegalStateException if it is more than the payload that was announced
     */
    public boolean put(ByteBuffer part, ByteBuffer out) {
        if (part.remaining() > payloadLeft) {
            throw new IllegalStateException("more payload than announced");
        }
        while (part.hasRemaining()) {
            if (plainBytes == PIECE_BYTES && !encrypt(out)) {
                return false;
            }
            int count = Math.min(part.remaining(), PIECE_BYTES - plainBytes);
            part.get(plain, plainBytes, count);
            checksum.update(plain, plainBytes, count);
            plainBytes += count;
            payloadLeft -= count;
        }
        return true;
    }

    /**
     * Writes the end of the frame and all that is left of it.
     *
     * @return whether the frame is complete; if not, there is no room left in {@code out}
     * @throws IllegalStateException if the payload is not complete
     */
    public boolean finish(ByteBuffer out) {
        if (payloadLeft > 0) {
            throw new IllegalStateException("less payload than announced");
        }
        if (!sealed) {
            if (plainBytes == PIECE_BYTES && !encrypt(out)) {
                return false;
            }
            seal();
        }
        if (plainBytes > 0 && !encrypt(out)) {
            return false;
        }
        inFrame = !emit(out);
        return !inFrame;
    }

    /** Payloads are whole words and pieces whole blocks: there is room for the checksum, and then for the padding. */
    private void seal() {
        sealed = true;
        plainInts.putInt(plainBytes, (int) checksum.getValue());
        plainBytes += Frame.CHECKSUM_BYTES;
        while (plainBytes % AesCbc.BLOCK_BYTES != 0) {
            plainInts.putInt(plainBytes, Frame.PADDING_WORD);
            plainBytes += Frame.WORD_BYTES;
        }
    }

    /** Makes what is plain ready, if what was ready before could be written. */
    private boolean encrypt(ByteBuffer out) {
        if (!emit(out)) {
            return false;
        }
        if (cipher != null) {
            cipher.transform(plain, 0, plainBytes, ready, 0);
        } else {
            System.arraycopy(plain, 0, ready, 0, plainBytes);
        }
        readyFrom = 0;
        readyTo = plainBytes;
        plainBytes = 0;
        return true;
    }

    private boolean emit(ByteBuffer out) {
        int count = Math.min(readyTo - readyFrom, out.remaining());
        out.put(ready, readyFrom, count);
        readyFrom += count;
        return readyFrom == readyTo;
    }
}
