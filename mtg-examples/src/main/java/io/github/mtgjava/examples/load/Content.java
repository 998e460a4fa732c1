package io.github.mtgjava.examples.load;

import java.util.Random;

/**
 * The bytes that every transfer carries: noise, the same at both ends, which repeats after a prime number of bytes, so
 * that no lost or doubled block can go unnoticed.
 */
final class Content {

    /** How many bytes may be taken at once. */
    static final int MAX_SLICE = 16_384;

    private static final int PERIOD = 65_521;
    private static final byte[] BYTES = make();

    private Content() {}

    private static byte[] make() {
        byte[] bytes = new byte[PERIOD + MAX_SLICE];
        new Random(1).nextBytes(bytes);
        System.arraycopy(bytes, 0, bytes, PERIOD, MAX_SLICE);
        return bytes;
    }

    /** The array that {@link #offset} points into; read only. */
    static byte[] bytes() {
        return BYTES;
    }

    /** Where in {@link #bytes} the content from {@code position} on stands, {@value #MAX_SLICE} bytes at least. */
    static int offset(long position) {
        return (int) (position % PERIOD);
    }
}
