package io.github.mtgjava.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * An endless pseudo-random byte sequence determined by a seed, with a current position; one end produces it, the other
 * verifies it without having stored it.
 *
 * <p>The sequence is SplitMix64 evaluated by index, eight little-endian bytes per word, so any position can be reached
 * at once and producing costs less than copying over a socket. Not thread-safe.
 */
public final class PatternStream {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int CHUNK = 16 * 1024;
    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private final long seed;
    private long position;

    /** Starts at position 0 of the sequence of {@code seed}. */
    public PatternStream(long seed) {
        this(seed, 0);
    }

    /** Starts at {@code position} bytes, at least 0, into the sequence of {@code seed}. */
    public PatternStream(long seed, long position) {
        if (position < 0) {
            throw new IllegalArgumentException("position is negative: " + position);
        }
        this.seed = seed;
        this.position = position;
    }

    /** Returns the first {@code length} bytes of the sequence of {@code seed}. */
    public static byte[] bytes(long seed, int length) {
        byte[] out = new byte[length];
        new PatternStream(seed).fill(out, 0, length);
        return out;
    }

    /** Returns how many bytes of the sequence were produced or verified so far, the starting position included. */
    public long position() {
        return position;
    }

    /** Writes the next {@code length} bytes of the sequence to {@code out} from {@code offset} and moves past them. */
    public void fill(byte[] out, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, out.length);
        int end = offset + length;
        int at = offset;
        while (at < end && (position & 7) != 0) {
            out[at++] = byteAt(position++);
        }
        long index = position >>> 3;
        int words = (end - at) >>> 3;
        for (int i = 0; i < words; i++) {
            WORDS.set(out, at + 8 * i, word(index + i));
        }
        at += 8 * words;
        position += 8L * words;
        while (at < end) {
            out[at++] = byteAt(position++);
        }
    }

    /** Compares {@code length} bytes with the sequence, moves past them, and returns whether all were equal. */
    public boolean verify(byte[] in, int offset, int length) {
        return mismatch(in, offset, length) < 0;
    }

    /**
     * Compares {@code length} bytes with the sequence and moves past all of them; returns the index, counted from
     * {@code offset}, of the first different byte, or -1.
     */
    public int mismatch(byte[] in, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, in.length);
        long start = position;
        position += length;
        for (int i = 0; i < length; ) {
            boolean wholeWord = (start + i & 7) == 0 && length - i >= 8;
            if (wholeWord && (long) WORDS.get(in, offset + i) == word(start + i >>> 3)) {
                i += 8;
            } else if (in[offset + i] == byteAt(start + i)) {
                i++;
            } else {
                return i;
            }
        }
        return -1;
    }

    /** Writes the next {@code bytes} bytes of the sequence to a stream, in pieces of 16 KB. */
    public void writeTo(OutputStream out, long bytes) throws IOException {
        byte[] chunk = new byte[CHUNK];
        for (long left = bytes; left > 0; left -= CHUNK) {
            int length = (int) Math.min(CHUNK, left);
            fill(chunk, 0, length);
            out.write(chunk, 0, length);
        }
    }

    /**
     * Reads exactly {@code bytes} bytes of a stream and compares them with the sequence; returns the position of the
     * first wrong one, or -1. An earlier end of the stream is an {@link EOFException}.
     */
    public long verifyFrom(InputStream in, long bytes) throws IOException {
        byte[] chunk = new byte[CHUNK];
        long wrong = -1;
        for (long left = bytes; left > 0; ) {
            int length = in.read(chunk, 0, (int) Math.min(CHUNK, left));
            if (length < 0) {
                throw new EOFException("the stream ended " + left + " bytes early");
            }
            int mismatch = mismatch(chunk, 0, length);
            if (mismatch >= 0 && wrong < 0) {
                wrong = position - length + mismatch;
            }
            left -= length;
        }
        return wrong;
    }

    private byte byteAt(long at) {
        return (byte) (word(at >>> 3) >>> 8 * (at & 7));
    }

    private long word(long index) {
        long z = seed + (index + 1) * GOLDEN_GAMMA;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
