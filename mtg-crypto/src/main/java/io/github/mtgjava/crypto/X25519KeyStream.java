package io.github.mtgjava.crypto;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * X25519 public keys in number, for a tenth of what each costs by itself. Nobody needs the private ones, so instead of
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

    private static final int SECRETS = 256;
    private static final int STEPS = 8;

    private static final BigInteger P = BigInteger.ONE.shiftLeft(255).subtract(BigInteger.valueOf(19));
    private static final BigInteger A = BigInteger.valueOf(486_662);
    private static final BigInteger ROOT_EXPONENT = P.add(BigInteger.valueOf(3)).shiftRight(3);
    private static final BigInteger ROOT_OF_MINUS_ONE =
            BigInteger.TWO.modPow(P.subtract(BigInteger.ONE).shiftRight(2), P);

    private static final int WORDS = 256;
    private static final BigInteger FOLD = BigInteger.valueOf(38);
    private static final BigInteger LOW = BigInteger.ONE.shiftLeft(WORDS).subtract(BigInteger.ONE);

    private final RandomSource random;
    private final List<Point> secrets = new ArrayList<>(SECRETS);
    private final Point[] walkers = new Point[BATCH];

    /** A point of the curve y² = x³ + Ax² + x, not the one at infinity; the coordinates modulo P. */
    private record Point(BigInteger x, BigInteger y) {

        Point negated() {
            return new Point(x, P.subtract(y));
        }
    }

    /**
     * Makes the secret points, which costs as much as some 300 keys.
     *
     * @throws IllegalStateException if the source repeats itself
     */
    public X25519KeyStream(RandomSource random) {
        this.random = random;
        Set<BigInteger> drawn = new HashSet<>();
        for (int i = 0; i < SECRETS + BATCH; i++) {
            BigInteger x = littleEndian(X25519.randomPublicKey(random));
            if (!drawn.add(x)) {
                throw new IllegalStateException("a source of randomness repeats itself");
            }
            Point point =
                    new Point(x, root(x.pow(3).add(A.multiply(x.multiply(x))).add(x)));
            if (i < SECRETS) {
                secrets.add(point);
            } else {
                walkers[i - SECRETS] = point;
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
            keys.add(littleEndian(walker.x.mod(P)));
        }
        return keys;
    }

    /** All walk on by one secret point each; Montgomery's trick inverts all differences at once. */
    private void step() {
        ByteBuffer choices = ByteBuffer.wrap(random.bytes(BATCH * Short.BYTES));
        Point[] added = new Point[BATCH];
        BigInteger[] differences = new BigInteger[BATCH];
        BigInteger[] products = new BigInteger[BATCH];
        BigInteger product = BigInteger.ONE;
        for (int i = 0; i < BATCH; i++) {
            int choice = choices.getShort();
            Point secret = secrets.get(choice >>> 1 & SECRETS - 1);
            added[i] = (choice & 1) == 0 ? secret : secret.negated();
            // Where a walker meets that very point there is no slope; nothing else in this universe is as unlikely.
            BigInteger difference = added[i].x.subtract(walkers[i].x);
            differences[i] = difference.signum() == 0 ? BigInteger.ONE : difference;
            products[i] = product;
            product = reduced(product.multiply(differences[i]));
        }
        BigInteger inverse = product.modInverse(P);
        for (int i = BATCH - 1; i >= 0; i--) {
            walkers[i] = sum(walkers[i], added[i], reduced(inverse.multiply(products[i])));
            inverse = reduced(inverse.multiply(differences[i]));
        }
    }

    private static Point sum(Point one, Point other, BigInteger inverseOfDifference) {
        BigInteger slope = reduced(other.y.subtract(one.y).multiply(inverseOfDifference));
        BigInteger x =
                reduced(slope.multiply(slope)).subtract(A).subtract(one.x).subtract(other.x);
        return new Point(x, reduced(slope.multiply(one.x.subtract(x))).subtract(one.y));
    }

    /** The same modulo P, but small: 2<sup>256</sup> is 38 there, which saves a division. */
    private static BigInteger reduced(BigInteger value) {
        BigInteger rest = value;
        while (rest.bitLength() > WORDS) {
            rest = rest.and(LOW).add(rest.shiftRight(WORDS).multiply(FOLD));
        }
        return rest;
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
