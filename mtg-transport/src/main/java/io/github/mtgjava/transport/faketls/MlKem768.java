package io.github.mtgjava.transport.faketls;

import io.github.mtgjava.crypto.RandomSource;

/** Public keys of ML-KEM-768 (FIPS 203) by their form. Nobody could decapsulate with them, but servers that check accept them. */
final class MlKem768 {

    static final int KEY_BYTES = 1184;

    /** Three polynomials of 256 coefficients. */
    private static final int COEFFICIENTS = 3 * 256;

    private static final int MODULUS = 3329;

    private MlKem768() {}

    /** Coefficients below the modulus in 12 bits each, little-endian, and 32 bytes of seed. */
    static byte[] randomPublicKey(RandomSource random) {
        // Random bytes would hold a coefficient out of range for certain, and a careful server refuses those.
        byte[] key = random.bytes(KEY_BYTES);
        for (int i = 0, at = 0; i < COEFFICIENTS; i += 2, at += 3) {
            int first = random.between(0, MODULUS - 1);
            int second = random.between(0, MODULUS - 1);
            key[at] = (byte) first;
            key[at + 1] = (byte) ((first >> 8) | (second << 4));
            key[at + 2] = (byte) (second >> 4);
        }
        return key;
    }
}
