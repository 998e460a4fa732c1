package io.github.mtgjava.crypto;

import java.math.BigInteger;

/**
 * Arithmetic modulo 2<sup>255</sup> − 19 without garbage. A number is five limbs of 51 bits, the lowest first; a result may be
 * a little more than 51 bits long in a limb, and is any of the numbers that are the same modulo P. Not of constant time. For
 * one thread at a time.
 */
final class Field25519 {

    static final BigInteger P = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
    static final int LIMBS = 5;

    private static final int BITS = 51;
    private static final long MASK = (1L << BITS) - 1;

    /** 2<sup>255</sup> is 19. */
    private static final int FOLD = 19;

    /** Four times P: more than any limb that is taken away. */
    private static final long[] PLENTY = {4 * (MASK - FOLD + 1), 4 * MASK, 4 * MASK, 4 * MASK, 4 * MASK};

    private final long[] low = new long[LIMBS];
    private final long[] high = new long[LIMBS];

    /** The limbs of a number from 0 to P − 1. */
    static long[] limbs(BigInteger number) {
        long[] limbs = new long[LIMBS];
        for (int i = 0; i < LIMBS; i++) {
            limbs[i] = number.shiftRight(i * BITS).longValue() & MASK;
        }
        return limbs;
    }

    /** The number from 0 to P − 1. */
    static BigInteger number(long[] limbs) {
        BigInteger number = BigInteger.ZERO;
        for (int i = LIMBS - 1; i >= 0; i--) {
            number = number.shiftLeft(BITS).add(BigInteger.valueOf(limbs[i]));
        }
        return number.mod(P);
    }

    /** {@code out = a · b}; any may be the same array. */
    void multiply(long[] out, long[] a, long[] b) {
        for (int k = 0; k < LIMBS; k++) {
            low[k] = 0;
            high[k] = 0;
        }
        for (int i = 0; i < LIMBS; i++) {
            for (int j = 0; j < LIMBS; j++) {
                boolean folds = i + j >= LIMBS;
                accumulate(folds ? i + j - LIMBS : i + j, a[i], folds ? FOLD * b[j] : b[j]);
            }
        }
        long carry = 0;
        for (int k = 0; k < LIMBS; k++) {
            long sum = low[k] + carry;
            long over = high[k] + (Long.compareUnsigned(sum, carry) < 0 ? 1 : 0);
            out[k] = sum & MASK;
            carry = over << (Long.SIZE - BITS) | sum >>> BITS;
        }
        out[0] += FOLD * carry;
        out[1] += out[0] >>> BITS;
        out[0] &= MASK;
    }

    /** Products have up to 113 bits. */
    private void accumulate(int k, long a, long b) {
        long product = a * b;
        low[k] += product;
        high[k] += Math.multiplyHigh(a, b) + (Long.compareUnsigned(low[k], product) < 0 ? 1 : 0);
    }

    /** {@code out = a − b}; any may be the same array. */
    static void subtract(long[] out, long[] a, long[] b) {
        long carry = 0;
        for (int k = 0; k < LIMBS; k++) {
            long difference = a[k] + PLENTY[k] - b[k] + carry;
            out[k] = difference & MASK;
            carry = difference >>> BITS;
        }
        out[0] += FOLD * carry;
    }
}
