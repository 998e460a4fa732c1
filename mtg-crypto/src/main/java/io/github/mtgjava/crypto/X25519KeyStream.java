package io.github.mtgjava.crypto;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * X25519 public keys in number, for a fifteenth of what each costs by itself. Nobody needs the private ones, so instead of
 * multiplying the base point anew this walks: some points, each in turn, have secret ones added to them that were drawn
 * once. Every sum is a multiple of the base point, as real keys are, and the inversion that an addition needs is shared by all
 * points that walk together.
 *
 * <p>Two keys have between them one of 2<sup>56</sup> sums of unknown points: nobody who collects keys can tell in which
 * order they were made, or that they were not made one by one.
 *
 * <p>Arithmetic is not of constant time, as there is nothing to find out. For one thread at a time.
 */
public final class X25519KeyStream {

    /** Keys of one {@link #next}. */
    public static final int BATCH = 64;

    private static final int SECRETS = 512;
    private static final int STEPS = 8;

    private static final BigInteger P = Field25519.P;
    private static final BigInteger A = BigInteger.valueOf(486_662);
    private static final long[] A_LIMBS = Field25519.limbs(A);
    private static final BigInteger ROOT_EXPONENT = P.add(BigInteger.valueOf(3)).shiftRight(3);
    private static final BigInteger ROOT_OF_MINUS_ONE =
            BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P);

    private final RandomSource random;
    private final Field25519 field = new Field25519();
    private final Point[] secrets = new Point[SECRETS];
    private final Point[] walkers = new Point[BATCH];
    private final byte[] choices = new byte[BATCH * Short.BYTES];
    private final Point[] added = new Point[BATCH];
    private final long[][] differences = new long[BATCH][Field25519.LIMBS];
    private final long[][] products = new long[BATCH][Field25519.LIMBS];
    private final long[] slope = new long[Field25519.LIMBS];
    private final long[] scratch = new long[Field25519.LIMBS];

    /** A point of the curve y² = x³ + Ax² + x, not the one at infinity. Walkers change theirs. */
    private static final class Point {

        private final long[] x;
        private final long[] y;

        Point(BigInteger x, BigInteger y) {
            this.x = Field25519.limbs(x);
            this.y = Field25519.limbs(y);
        }
    }

    /**
     * Makes the secret points, which costs as much as some 300 keys made one by one.
     *
     * @throws IllegalStateException if the source repeats itself
     */
    public X25519KeyStream(RandomSource random) {
        this.random = random;
        Set<BigInteger> drawn = new HashSet<>();
        for (int i = 0; i < SECRETS / 2 + BATCH; i++) {
            BigInteger x = littleEndian(X25519.randomPublicKey(random));
            if (!drawn.add(x)) {
                throw new IllegalStateException("a source of randomness repeats itself");
            }
            BigInteger y = root(x.pow(3).add(A.multiply(x.multiply(x))).add(x));
            if (i < BATCH) {
                walkers[i] = new Point(x, y);
            } else {
                // Each point and its opposite.
                secrets[2 * (i - BATCH)] = new Point(x, y);
                secrets[2 * (i - BATCH) + 1] = new Point(x, P.subtract(y));
            }
        }
    }

    /** The next {@value #BATCH} keys, each of {@value X25519#KEY_BYTES} bytes as {@link X25519#publicKey} makes them. */
    public List<byte[]> next() {
        for (int i = 0; i < STEPS; i++) {
            step();
        }
        List<byte[]> keys = new ArrayList<>(BATCH);
        for (Point walker : walkers) {
            keys.add(littleEndian(Field25519.number(walker.x)));
        }
        return keys;
    }

    /** All walk on by one secret point each; Montgomery's trick inverts all differences at once. */
    private void step() {
        random.nextBytes(choices);
        ByteBuffer chosen = ByteBuffer.wrap(choices);
        long[] product = Field25519.limbs(BigInteger.ONE);
        for (int i = 0; i < BATCH; i++) {
            added[i] = secrets[chosen.getShort() & SECRETS - 1];
            Field25519.subtract(differences[i], added[i].x, walkers[i].x);
            System.arraycopy(product, 0, products[i], 0, Field25519.LIMBS);
            field.multiply(product, product, differences[i]);
        }
        // Where a walker meets the very point there is no inverse: less likely than anything that ever happened.
        long[] inverse = Field25519.limbs(Field25519.number(product).modInverse(P));
        for (int i = BATCH - 1; i >= 0; i--) {
            field.multiply(slope, inverse, products[i]);
            field.multiply(inverse, inverse, differences[i]);
            add(walkers[i], added[i]);
        }
    }

    /** With the inverse of the difference of both x in {@link #slope}. */
    private void add(Point walker, Point other) {
        Field25519.subtract(scratch, other.y, walker.y);
        field.multiply(slope, slope, scratch);
        field.multiply(scratch, slope, slope);
        Field25519.subtract(scratch, scratch, A_LIMBS);
        Field25519.subtract(scratch, scratch, walker.x);
        Field25519.subtract(scratch, scratch, other.x);
        // Here is the new x; the new y is slope (x − new x) − y.
        Field25519.subtract(walker.x, walker.x, scratch);
        field.multiply(slope, slope, walker.x);
        Field25519.subtract(walker.y, slope, walker.y);
        System.arraycopy(scratch, 0, walker.x, 0, Field25519.LIMBS);
    }

    /** Of a square; one of both. */
    private static BigInteger root(BigInteger square) {
        BigInteger candidate = square.modPow(ROOT_EXPONENT, P);
        boolean isRoot = candidate.multiply(candidate).subtract(square).mod(P).signum() == 0;
        return isRoot ? candidate : candidate.multiply(ROOT_OF_MINUS_ONE).mod(P);
    }

    private static BigInteger littleEndian(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return new BigInteger(1, reversed);
    }

    private static byte[] littleEndian(BigInteger value) {
        byte[] bytes = new byte[X25519.KEY_BYTES];
        byte[] bigEndian = value.toByteArray();
        for (int i = 0; i < bigEndian.length; i++) {
            bytes[i] = bigEndian[bigEndian.length - 1 - i];
        }
        return bytes;
    }
}
