package io.github.mtgjava.crypto;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.spec.NamedParameterSpec;
import java.security.spec.XECPrivateKeySpec;
import java.security.spec.XECPublicKeySpec;
import javax.crypto.KeyAgreement;

/**
 * X25519 public keys (RFC 7748). FakeTLS shows one and agrees on nothing with it, so there is no shared secret here.
 * It has to be a real key all the same: of random 32-byte strings only half are points of the curve.
 *
 * <p>Safe to use from any thread.
 */
public final class X25519 {

    /** Length of a scalar and of a public key. */
    public static final int KEY_BYTES = 32;

    private static final BigInteger BASE_POINT = BigInteger.valueOf(9);

    private X25519() {}

    /**
     * The public key that belongs to a private one.
     *
     * @param scalar the private key, {@value #KEY_BYTES} bytes, clamped here as RFC 7748 says
     * @return {@value #KEY_BYTES} bytes, little-endian, the top bit clear
     * @throws IllegalArgumentException if the scalar has another length
     */
    public static byte[] publicKey(byte[] scalar) {
        if (scalar.length != KEY_BYTES) {
            throw new IllegalArgumentException("An X25519 scalar has " + KEY_BYTES + " bytes: " + scalar.length);
        }
        try {
            // The JDK has no "public key of": agreeing with the base point is the same multiplication.
            KeyFactory keys = KeyFactory.getInstance("X25519");
            KeyAgreement agreement = KeyAgreement.getInstance("X25519");
            agreement.init(keys.generatePrivate(new XECPrivateKeySpec(NamedParameterSpec.X25519, scalar)));
            agreement.doPhase(keys.generatePublic(new XECPublicKeySpec(NamedParameterSpec.X25519, BASE_POINT)), true);
            return agreement.generateSecret();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("X25519 is required of every JDK", e);
        }
    }

    /**
     * The public key of a private key that is drawn and forgotten.
     *
     * @param random where the {@value #KEY_BYTES} bytes of the private key come from
     * @return {@value #KEY_BYTES} bytes
     */
    public static byte[] randomPublicKey(RandomSource random) {
        return publicKey(random.bytes(KEY_BYTES));
    }
}
