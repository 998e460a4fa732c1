package io.github.mtgjava.examples.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks of the DC; may be repeated on one connection, when the one before is done.
 *
 * <pre>
 * op (1) | check (1) | bytes (8, big endian)
 * </pre>
 * The first two are the first letters of their names.
 *
 * @param op what to do
 * @param check how thoroughly an upload is looked at
 * @param bytes how many bytes of {@link Content}, at least 1
 */
record Command(Op op, Check check, long bytes) {

    /** Length of an encoded command. */
    static final int LENGTH = 10;

    /** What the DC can do. */
    enum Op {
        /** Send the content. */
        DOWN,
        /** Read the content, then send its first byte; close instead if it was wrong. */
        UP,
        /** Send back whatever comes. */
        ECHO
    }

    byte[] encode() {
        return ByteBuffer.allocate(LENGTH)
                .put(letter(op))
                .put(letter(check))
                .putLong(bytes)
                .array();
    }

    /** Reads a command; anything else is an {@link IOException}. */
    static Command decode(byte[] encoded) throws IOException {
        Op op = find(Op.values(), encoded[0]);
        Check check = find(Check.values(), encoded[1]);
        long bytes = ByteBuffer.wrap(encoded).getLong(2);
        if (op == null || check == null || bytes < 1) {
            throw new IOException("not a command");
        }
        return new Command(op, check, bytes);
    }

    private static byte letter(Enum<?> value) {
        return (byte) value.name().charAt(0);
    }

    private static <E extends Enum<E>> @Nullable E find(E[] values, byte letter) {
        for (E value : values) {
            if (letter(value) == letter) {
                return value;
            }
        }
        return null;
    }
}
