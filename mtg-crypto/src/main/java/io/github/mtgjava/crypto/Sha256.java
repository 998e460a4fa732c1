package io.github.mtgjava.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 in one call. Safe to use from any thread. */
public final class Sha256 {

    /** Length of a digest. */
    public static final int BYTES = 32;

    private Sha256() {}

    /**
     * Hashes the concatenation of the parts.
     *
     * @param parts any number of arrays, any of them empty
     * @return {@value #BYTES} bytes
     */
    public static byte[] of(byte[]... parts) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is required of every JDK", e);
        }
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }
}
