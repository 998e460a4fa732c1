package io.github.mtgjava.crypto;

import java.security.SecureRandom;

/**
 * Where random bytes come from. Everything that draws randomness takes one of these, so that a test can script it;
 * production code uses {@link #secure()}.
 *
 * <p>An implementation says itself whether several threads may share it.
 */
@FunctionalInterface
public interface RandomSource {

    /**
     * Overwrites the whole array with random bytes.
     *
     * @param target the array to fill, of any length
     */
    void nextBytes(byte[] target);

    /**
     * Draws a fresh array.
     *
     * @param count its length, 0 or more
     * @return {@code count} random bytes
     */
    default byte[] bytes(int count) {
        byte[] drawn = new byte[count];
        nextBytes(drawn);
        return drawn;
    }

    /**
     * Draws an integer, every value of the range being equally likely.
     *
     * @param lowest the smallest possible result
     * @param highest the greatest possible result, not below {@code lowest}
     * @return a value from {@code lowest} to {@code highest}, both inclusive
     * @throws IllegalArgumentException if the range is empty
     */
    default int between(int lowest, int highest) {
        if (lowest > highest) {
            throw new IllegalArgumentException("Empty range: " + lowest + " to " + highest);
        }
        long span = (long) highest - lowest + 1;
        // Draws from the incomplete last multiple of the span would favour the low values: they are drawn again.
        long usable = (1L << Integer.SIZE) / span * span;
        byte[] drawn = new byte[Integer.BYTES];
        long value;
        do {
            nextBytes(drawn);
            value = (drawn[0] & 0xffL) << 24 | (drawn[1] & 0xffL) << 16 | (drawn[2] & 0xffL) << 8 | (drawn[3] & 0xffL);
        } while (value >= usable);
        return (int) (lowest + value % span);
    }

    /**
     * The platform's cryptographically strong source.
     *
     * @return a source that any number of threads may share
     */
    static RandomSource secure() {
        return new SecureRandom()::nextBytes;
    }
}
