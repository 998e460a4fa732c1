package io.github.mtgjava.crypto;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** MD5 in one call, for a protocol that derives keys with it; of no use for anything new. Safe to use from any thread. */
public final class Md5 {

    /** Length of a digest. */
    public static final int BYTES = 16;

    private Md5() {}

    /**
     * Hashes a part of an array.
     *
     * @return {@value #BYTES} bytes
     */
    public static byte[] of(byte[] bytes, int offset, int length) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("MD5 is required of every JDK", e);
        }
        digest.update(bytes, offset, length);
        return digest.digest();
    }
}
