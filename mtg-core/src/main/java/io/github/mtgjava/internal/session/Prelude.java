package io.github.mtgjava.internal.session;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Everything a client sent before it was let in or refused, byte for byte: it is what the cloaked site gets to see. Grows
 * with what comes; its users bound that by refusing and by how much they read at once.
 */
final class Prelude {

    private static final byte[] NOTHING = new byte[0];

    private byte[] bytes = NOTHING;
    private int length;

    static Prelude empty() {
        return new Prelude();
    }

    /** With a copy of all that remains in the buffer, without consuming it. */
    static Prelude of(ByteBuffer data) {
        Prelude prelude = new Prelude();
        prelude.append(data);
        return prelude;
    }

    /** Copies all that remains in the buffer without consuming it. */
    void append(ByteBuffer data) {
        int count = data.remaining();
        if (bytes.length - length < count) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, Math.min(bytes.length * 2, length + 4 * count)));
        }
        data.get(data.position(), bytes, length, count);
        length += count;
    }

    int length() {
        return length;
    }

    /** The memory that it takes, which may be more than its length. */
    int heldBytes() {
        return bytes.length;
    }

    byte byteAt(int index) {
        return bytes[index];
    }

    /** All of it, for reading. */
    ByteBuffer view() {
        return ByteBuffer.wrap(bytes, 0, length);
    }
}
