package io.github.mtgjava.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-1 in one call, for a protocol that derives keys with it; of no use for anything new. Safe to use from any thread. */
public final class Sha1 {

    /** Length of a digest. */
    public static final int BYTES = 20;

    private Sha1() {}

    /**
     * Hashes a part of an array.
     *
     * @return {@value #BYTES} bytes
     */
    public static byte[] of(byte[] bytes, int offset, int length) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-1 is required of every JDK", e);
        }
        digest.update(bytes, offset, length);
        return digest.digest();
    }
}
