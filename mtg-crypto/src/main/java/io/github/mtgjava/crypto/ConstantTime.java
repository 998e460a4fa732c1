package io.github.mtgjava.crypto;

import java.util.Objects;

/** Comparison whose duration does not tell where two secrets differ. Safe to use from any thread. */
public final class ConstantTime {

    private ConstantTime() {}

    /**
     * Compares two ranges in a time that depends on their length alone.
     *
     * @param a the first array
     * @param aOffset where its range begins
     * @param b the second array
     * @param bOffset where its range begins
     * @param length length of both ranges, 0 or more
     * @return whether all bytes are equal; true for empty ranges
     * @throws IndexOutOfBoundsException if a range does not lie inside its array
     */
    public static boolean equal(byte[] a, int aOffset, byte[] b, int bOffset, int length) {
        Objects.checkFromIndexSize(aOffset, length, a.length);
        Objects.checkFromIndexSize(bOffset, length, b.length);
        int differences = 0;
        for (int i = 0; i < length; i++) {
            differences |= a[aOffset + i] ^ b[bOffset + i];
        }
        return differences == 0;
    }
}
