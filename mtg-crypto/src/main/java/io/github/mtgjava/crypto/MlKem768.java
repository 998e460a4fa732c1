package io.github.mtgjava.crypto;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Public keys and ciphertexts of ML-KEM-768 (FIPS 203). FakeTLS shows them and agrees on nothing with them, so there is no
 * private key and no shared secret here.
 *
 * <p>Both hold numbers below {@value #MODULUS} and not just any bytes: a server refuses a key with a number out of range, and
 * a ciphertext is rounded so that a quarter of its values come a third more often than the others. That ML-KEM is safe at all
 * rests on nobody being able to tell such numbers from random ones without the private key.
 *
 * <p>Safe to use from any thread.
 */
public final class MlKem768 {

    /** Length of a public key: three polynomials with 12 bits for each coefficient, and 32 bytes of seed. */
    public static final int PUBLIC_KEY_BYTES = 1184;

    /** Length of a ciphertext: three polynomials with 10 bits for each coefficient, and one with 4. */
    public static final int CIPHERTEXT_BYTES = 1088;

    static final int MODULUS = 3329;

    private static final int POLYNOMIAL = 256;
    private static final int VECTOR = 3 * POLYNOMIAL;
    private static final int COEFFICIENT_BITS = 12;
    private static final int VECTOR_BITS = 10;
    private static final int SCALAR_BITS = 4;
    private static final int SEED_BYTES = 32;
    private static final int WARM_UP_ROUNDS = 100;

    private static final Optional<JdkMlKem768> JDK = JdkMlKem768.find();

    private MlKem768() {}

    /**
     * A public key to which there is no private one.
     *
     * @param random where the coefficients and the seed come from
     * @return {@value #PUBLIC_KEY_BYTES} bytes that every check of a public key accepts
     */
    public static byte[] randomPublicKey(RandomSource random) {
        ByteBuffer key = ByteBuffer.allocate(PUBLIC_KEY_BYTES);
        encode(coefficients(VECTOR, random), COEFFICIENT_BITS, key);
        return key.put(random.bytes(SEED_BYTES)).array();
    }

    /**
     * A ciphertext for nobody, as one for somebody looks to everybody else.
     *
     * @param random where the coefficients come from
     * @return {@value #CIPHERTEXT_BYTES} bytes
     */
    public static byte[] randomCiphertext(RandomSource random) {
        ByteBuffer ciphertext = ByteBuffer.allocate(CIPHERTEXT_BYTES);
        encode(compressed(coefficients(VECTOR, random), VECTOR_BITS), VECTOR_BITS, ciphertext);
        encode(compressed(coefficients(POLYNOMIAL, random), SCALAR_BITS), SCALAR_BITS, ciphertext);
        return ciphertext.array();
    }

    /**
     * A ciphertext for the holder of a key's private half, if this JDK can make one (from version 24 on) and the bytes are a
     * key; else one for nobody, which only that holder could tell from it.
     *
     * @param publicKey the key as it stands in a hello, of any length and content
     * @param random where {@link #randomCiphertext} draws from; a genuine one draws from the JDK's own source
     * @return {@value #CIPHERTEXT_BYTES} bytes
     */
    public static byte[] ciphertext(byte[] publicKey, RandomSource random) {
        return JDK.flatMap(jdk -> jdk.encapsulate(publicKey)).orElseGet(() -> randomCiphertext(random));
    }

    /**
     * Makes some genuine ciphertexts, if this JDK can: the first takes a tenth of a second, as much has to be loaded for it, and
     * those after it some milliseconds each.
     */
    public static void warmUp() {
        JDK.ifPresent(jdk -> {
            for (int i = 0; i < WARM_UP_ROUNDS; i++) {
                jdk.encapsulate(new byte[PUBLIC_KEY_BYTES]);
            }
        });
    }

    private static int[] coefficients(int count, RandomSource random) {
        int[] coefficients = new int[count];
        for (int drawn = 0; drawn < count; ) {
            ByteBuffer candidates = ByteBuffer.wrap(random.bytes((count - drawn) * Short.BYTES));
            while (candidates.hasRemaining()) {
                int candidate = candidates.getShort() & ((1 << COEFFICIENT_BITS) - 1);
                if (candidate < MODULUS) {
                    coefficients[drawn++] = candidate;
                }
            }
        }
        return coefficients;
    }

    private static int[] compressed(int[] coefficients, int bits) {
        for (int i = 0; i < coefficients.length; i++) {
            coefficients[i] = compress(coefficients[i], bits);
        }
        return coefficients;
    }

    /** Rounds to so many bits; there are no ties, as the modulus is odd. */
    static int compress(int coefficient, int bits) {
        return ((coefficient << bits) + MODULUS / 2) / MODULUS & ((1 << bits) - 1);
    }

    /** Puts so many bits of each value one after the other, the lowest bit first. */
    static void encode(int[] values, int bits, ByteBuffer target) {
        int pending = 0;
        int pendingBits = 0;
        for (int value : values) {
            pending |= value << pendingBits;
            pendingBits += bits;
            for (; pendingBits >= Byte.SIZE; pendingBits -= Byte.SIZE) {
                target.put((byte) pending);
                pending >>>= Byte.SIZE;
            }
        }
    }
}
