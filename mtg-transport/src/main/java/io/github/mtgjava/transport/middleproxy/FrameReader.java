package io.github.mtgjava.transport.middleproxy;

import io.github.mtgjava.crypto.AesCbc;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Reads the frames of one direction of a link. The bytes may be cut anywhere, frames may begin and end anywhere in a block,
 * padding may stand between any two. While plain, it takes no more of its input than the frame it returns; later it may hold
 * the beginning of the next one.
 *
 * <p>Belongs to one thread at a time; never throws on hostile input; holds no more memory than about twice what has arrived.
 */
public final class FrameReader {

    private static final int SMALL = 4096;
    private static final int WORD = Frame.WORD_BYTES;

    /** Decrypted at once, so that the buffer does not have to hold a whole read of small frames. */
    private static final int PIECE_BYTES = 16 * 1024;

    private final CRC32 checksum = new CRC32();
    private final byte[] block = new byte[AesCbc.BLOCK_BYTES];
    private byte[] piece = new byte[SMALL];
    private byte[] buffer = new byte[SMALL];
    private ByteBuffer ints = ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN);
    private int start;
    private int end;
    private @Nullable AesCbc cipher;
    private boolean mayBePlainPadding;
    private int blockBytes;
    private int sequence;
    private int maxFrameBytes = Frame.MAX_BYTES;
    private ByteBuffer payload = ByteBuffer.wrap(buffer);
    private @Nullable Fault fault;

    /** What {@link #read} found. */
    public enum Status {
        /** All of the input is taken; more is needed. */
        NEED_INPUT,
        /** A frame: see {@link #payload}. */
        FRAME,
        /** These are no frames, or not the right ones; there is no way back. See {@link #fault}. */
        REJECTED
    }

    /** What is wrong with a stream of frames. */
    public enum Fault {
        /** A frame has a length that none can have. */
        LENGTH,
        /** A frame is not the next one. */
        SEQUENCE,
        /** A frame is not as it was sent. */
        CHECKSUM
    }

    /** Reads plain frames, from the first of the direction on. */
    public FrameReader() {
        this(Frame.FIRST_SEQUENCE);
    }

    /** In the middle of the direction. */
    FrameReader(int sequence) {
        this.sequence = sequence;
    }

    /** Decrypts from here on: what has not been taken of the input is encrypted already, but for plain padding before it. */
    public void decryptWith(AesCbc decryption) {
        cipher = decryption;
        mayBePlainPadding = true;
    }

    /** Accepts payloads up to this length from here on. */
    public void limitPayload(int bytes) {
        maxFrameBytes = Math.min(Frame.MAX_PAYLOAD_BYTES, bytes) + Frame.OVERHEAD_BYTES;
    }

    /** Goes on to the next frame. */
    public Status read(ByteBuffer in) {
        while (fault == null) {
            int held = end - start;
            int wanted = held < WORD ? WORD : ints.getInt(start);
            if (held >= WORD && wanted == Frame.PADDING_WORD) {
                start += WORD;
            } else if (held >= WORD && !isLength(wanted)) {
                fault = Fault.LENGTH;
            } else if (held >= wanted) {
                return take(wanted);
            } else if (!fill(in, wanted - held)) {
                return Status.NEED_INPUT;
            }
        }
        return Status.REJECTED;
    }

    private boolean isLength(int bytes) {
        return bytes % WORD == 0 && bytes >= Frame.OVERHEAD_BYTES && bytes <= maxFrameBytes;
    }

    private Status take(int frameBytes) {
        int checksumAt = start + frameBytes - Frame.CHECKSUM_BYTES;
        checksum.reset();
        checksum.update(buffer, start, frameBytes - Frame.CHECKSUM_BYTES);
        if (ints.getInt(start + WORD) != sequence) {
            fault = Fault.SEQUENCE;
        } else if (ints.getInt(checksumAt) != (int) checksum.getValue()) {
            fault = Fault.CHECKSUM;
        }
        if (fault != null) {
            return Status.REJECTED;
        }
        sequence++;
        payload.limit(checksumAt).position(start + Frame.HEADER_BYTES);
        start += frameBytes;
        return Status.FRAME;
    }

    /** Takes what it can; false if the input is used up. */
    private boolean fill(ByteBuffer in, int missing) {
        if (cipher == null) {
            int count = Math.min(missing, in.remaining());
            makeRoom(count, missing);
            in.get(buffer, end, count);
            end += count;
            return count == missing;
        }
        return decrypt(in, missing, cipher);
    }

    private boolean decrypt(ByteBuffer in, int missing, AesCbc decryption) {
        if (!fillBlock(in)) {
            return false;
        }
        if (piece.length < PIECE_BYTES && in.remaining() > piece.length) {
            piece = new byte[PIECE_BYTES];
        }
        // A block that had been cut comes first, then as many whole ones as fit.
        int whole = Math.min(in.remaining(), piece.length - AesCbc.BLOCK_BYTES) & -AesCbc.BLOCK_BYTES;
        System.arraycopy(block, 0, piece, 0, blockBytes);
        in.get(piece, blockBytes, whole);
        int count = blockBytes + whole;
        blockBytes = 0;
        makeRoom(count, missing);
        decryption.transform(piece, 0, count, buffer, end);
        end += count;
        return true;
    }

    /** Completes a block that was cut; false if it cannot, or if there is no whole one. */
    private boolean fillBlock(ByteBuffer in) {
        if (mayBePlainPadding && !skipPlainPadding(in)) {
            return false;
        }
        if (blockBytes == 0 && in.remaining() >= AesCbc.BLOCK_BYTES) {
            return true;
        }
        int count = Math.min(AesCbc.BLOCK_BYTES - blockBytes, in.remaining());
        in.get(block, blockBytes, count);
        blockBytes += count;
        return blockBytes == AesCbc.BLOCK_BYTES;
    }

    /**
     * Some middle proxies pad the plain frame too, and the padding may come late. That the first word of what is encrypted
     * looks like it happens once in 2<sup>32</sup> links.
     */
    private boolean skipPlainPadding(ByteBuffer in) {
        while (in.hasRemaining()) {
            block[blockBytes++] = in.get();
            if (blockBytes == WORD) {
                if (block[0] != Frame.PADDING_WORD || block[1] != 0 || block[2] != 0 || block[3] != 0) {
                    mayBePlainPadding = false;
                    return true;
                }
                blockBytes = 0;
            }
        }
        return false;
    }

    /** Room for so many bytes that have arrived, of a frame that lacks {@code missing}. */
    private void makeRoom(int count, int missing) {
        if (start == end) {
            start = 0;
            end = 0;
        }
        if (buffer.length - end >= count) {
            return;
        }
        int held = end - start;
        if (held + count > buffer.length) {
            int frame = Math.max(held + count, Math.min(held + missing + AesCbc.BLOCK_BYTES, 2 * (held + count)));
            hold(Arrays.copyOf(Arrays.copyOfRange(buffer, start, end), frame));
        } else {
            System.arraycopy(buffer, start, buffer, 0, held);
        }
        start = 0;
        end = held;
    }

    private void hold(byte[] larger) {
        buffer = larger;
        ints = ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN);
        payload = ByteBuffer.wrap(buffer);
    }

    /** The payload of the frame just read; always to be looked at before the next {@link #read}, and gone then. */
    public ByteBuffer payload() {
        return payload;
    }

    /** What made {@link #read} reject the stream; null as long as it has not. */
    public @Nullable Fault fault() {
        return fault;
    }

    /** Memory that it holds, in bytes. */
    public int heldBytes() {
        return buffer.length + piece.length;
    }

    /** Gives back the memory that large frames needed, if nothing is in it: for a link that has become quiet. */
    public void trim() {
        if (start == end && buffer.length > PIECE_BYTES) {
            start = 0;
            end = 0;
            hold(new byte[SMALL]);
        }
    }
}
