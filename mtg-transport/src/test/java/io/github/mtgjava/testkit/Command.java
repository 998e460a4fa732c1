package io.github.mtgjava.testkit;

import java.nio.ByteBuffer;

/**
 * What a client asks of a {@link FakeTelegram}: the first 25 bytes of the decrypted uplink.
 *
 * <pre>
 * op (1) | bytes (8, big endian) | seed (8) | second bytes (8)
 * </pre>
 *
 * @param op one of the letters of the factory methods
 * @param bytes how many bytes flow
 * @param seed the seed of their {@link PatternStream}
 * @param secondBytes how many bytes flow the other way, for {@link #both}
 */
public record Command(char op, long bytes, long seed, long secondBytes) {
    /** Length of an encoded command. */
    public static final int LENGTH = 25;

    /** 'E': send back whatever follows until the client's end of stream, then half-close. */
    public static Command echo() {
        return new Command('E', 0, 0, 0);
    }

    /** 'S': send {@code bytes} bytes of {@code seed}, then keep the connection open until the client closes it. */
    public static Command source(long bytes, long seed) {
        return new Command('S', bytes, seed, 0);
    }

    /** 'F': like {@link #source}, but close at once behind the last byte. */
    public static Command sourceAndFinish(long bytes, long seed) {
        return new Command('F', bytes, seed, 0);
    }

    /** 'K': read {@code bytes} bytes, answer {@code k} if they are the pattern of {@code seed}, else {@code x}. */
    public static Command sink(long bytes, long seed) {
        return new Command('K', bytes, seed, 0);
    }

    /**
     * 'B': read and verify {@code upBytes} of {@code seed} while sending {@code downBytes} of {@code seed + 1}; when
     * both are done, append {@code k} or {@code x}.
     */
    public static Command both(long upBytes, long seed, long downBytes) {
        return new Command('B', upBytes, seed, downBytes);
    }

    /** 'X': close at once. */
    public static Command close() {
        return new Command('X', 0, 0, 0);
    }

    /** 'R': reset at once. */
    public static Command reset() {
        return new Command('R', 0, 0, 0);
    }

    /** 'H': read nothing more until {@link FakeTelegram#releaseHeld()}, then read on and discard. */
    public static Command hold() {
        return new Command('H', 0, 0, 0);
    }

    /** Returns the 25 bytes of this command. */
    public byte[] encode() {
        return ByteBuffer.allocate(LENGTH)
                .put((byte) op)
                .putLong(bytes)
                .putLong(seed)
                .putLong(secondBytes)
                .array();
    }

    /** Reads the 25 bytes of a command. */
    public static Command decode(byte[] encoded) {
        ByteBuffer in = ByteBuffer.wrap(encoded);
        return new Command((char) in.get(), in.getLong(), in.getLong(), in.getLong());
    }
}
