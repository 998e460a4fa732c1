package io.github.mtgjava.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA256 (RFC 2104) in one call. Safe to use from any thread. */
public final class HmacSha256 {

    /** Length of a code. */
    public static final int BYTES = 32;

    private static final String ALGORITHM = "HmacSHA256";

    private HmacSha256() {}

    /**
     * Authenticates the concatenation of the parts.
     *
     * @param key one byte or more
     * @param parts any number of arrays, any of them empty
     * @return {@value #BYTES} bytes
     * @throws IllegalArgumentException if the key is empty
     */
    public static byte[] of(byte[] key, byte[]... parts) {
        SecretKeySpec macKey = new SecretKeySpec(key, ALGORITHM);
        Mac mac;
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(macKey);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(ALGORITHM + " is required of every JDK", e);
        }
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }
}
