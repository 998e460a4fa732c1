package io.github.mtgjava.transport.obfuscated2;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads the 64-byte frame that opens a client's stream (docs/protocol.md, the client's frame), however it is chopped.
 *
 * <p>Any frame whose tag decrypts is accepted, whatever it begins with: the filter of forbidden beginnings binds those
 * who draw a frame, and clients do not apply it inside FakeTLS. Which tags a secret allows is for the caller to decide.
 *
 * <p>One per client; belongs to one thread at a time; never throws on hostile input.
 */
public final class ClientFrameDecoder {

    /** Length of a frame. */
    public static final int FRAME_BYTES = FrameLayout.FRAME_BYTES;

    /** Length of the key part of a secret. */
    public static final int KEY_BYTES = 16;

    /** What a call to {@link #decode} came to. */
    public enum Status {
        /** The frame is not complete; all input has been consumed. */
        NEED_INPUT,
        /** {@link #frame()} is there; the input stands at the first byte behind the frame. Final. */
        ACCEPTED,
        /** The tag is unknown with every key: a wrong secret, or not a Telegram client at all. Final. */
        REJECTED
    }

    private final Supplier<List<byte[]>> keys;
    private final byte[] wire = new byte[FRAME_BYTES];
    private int filled;
    private Status status = Status.NEED_INPUT;
    private @Nullable ClientFrame frame;

    /**
     * Waits for a frame.
     *
     * @param key the {@value #KEY_BYTES}-byte key part of the secret, without prefix or host name; copied
     * @throws IllegalArgumentException if the key has another length
     */
    public ClientFrameDecoder(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("The key of a secret has " + KEY_BYTES + " bytes: " + key.length);
        }
        List<byte[]> single = List.of(key.clone());
        this.keys = () -> single;
    }

    /**
     * Waits for a frame that may be made with one of several secrets, which may change until it is complete.
     *
     * @param keys asked once, when a frame is complete, for the {@value #KEY_BYTES}-byte key parts of the secrets that
     *     are good then; of two that open a frame the first one counts. Neither copied nor changed
     */
    public ClientFrameDecoder(Supplier<List<byte[]>> keys) {
        this.keys = keys;
    }

    /**
     * Consumes at most what is missing of the frame. After an end status it consumes nothing and says the same again.
     *
     * @param in what has arrived, in read mode
     * @return what it came to
     */
    public Status decode(ByteBuffer in) {
        if (status == Status.NEED_INPUT) {
            int length = Math.min(in.remaining(), FRAME_BYTES - filled);
            in.get(wire, filled, length);
            filled += length;
            if (filled == FRAME_BYTES) {
                frame = open(keys.get());
                status = frame == null ? Status.REJECTED : Status.ACCEPTED;
            }
        }
        return status;
    }

    /** Tries every key, also behind one that fits: how long that takes does not tell which it was. */
    private @Nullable ClientFrame open(List<byte[]> tried) {
        ClientFrame opened = null;
        for (byte[] key : tried) {
            ClientFrame candidate = ClientFrame.open(wire, key);
            opened = opened == null ? candidate : opened;
        }
        return opened;
    }

    /**
     * The frame that was read.
     *
     * @return the frame, the same one each time
     * @throws IllegalStateException unless {@link #decode} has said {@link Status#ACCEPTED}
     */
    public ClientFrame frame() {
        if (frame == null) {
            throw new IllegalStateException("No frame: " + status);
        }
        return frame;
    }
}
