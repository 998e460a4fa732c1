package io.github.mtgjava.crypto;

import java.security.GeneralSecurityException;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One direction of an AES-256-CBC stream without padding: each block is chained to the one before, from the first to the
 * last that ever passes.
 *
 * <p>An instance belongs to one thread at a time. {@link #transform} allocates nothing.
 */
public final class AesCbc {

    /** Length of the key. */
    public static final int KEY_BYTES = 32;

    /** Length of the initial vector. */
    public static final int IV_BYTES = 16;

    /** What is transformed at once, or a multiple of it. */
    public static final int BLOCK_BYTES = 16;

    private final Cipher cipher;

    private AesCbc(int mode, byte[] key, byte[] iv) {
        requireLength("key", key, KEY_BYTES);
        requireLength("IV", iv, IV_BYTES);
        try {
            cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES/CBC/NoPadding is required of every JDK", e);
        }
    }

    /**
     * Starts a stream to encrypt. Both arrays are copied.
     *
     * @param key {@value #KEY_BYTES} bytes
     * @param iv {@value #IV_BYTES} bytes
     * @throws IllegalArgumentException if a length is wrong
     */
    public static AesCbc encrypting(byte[] key, byte[] iv) {
        return new AesCbc(Cipher.ENCRYPT_MODE, key, iv);
    }

    /** Starts a stream to decrypt; otherwise as {@link #encrypting}. */
    public static AesCbc decrypting(byte[] key, byte[] iv) {
        return new AesCbc(Cipher.DECRYPT_MODE, key, iv);
    }

    /**
     * Transforms the next blocks of the stream from one array into another.
     *
     * @param in the array to read from
     * @param inOffset its first byte to read
     * @param length how many bytes, a multiple of {@value #BLOCK_BYTES}
     * @param out the array to write to; not {@code in}
     * @param outOffset its first byte to write
     * @throws IllegalArgumentException if both arrays are the same or the length is no multiple
     * @throws IndexOutOfBoundsException if a range does not lie inside its array; the stream has then not moved
     */
    public void transform(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        if (in == out) {
            throw new IllegalArgumentException("Input and output must be different arrays");
        }
        if (length % BLOCK_BYTES != 0) {
            throw new IllegalArgumentException("Not a whole number of blocks: " + length);
        }
        Objects.checkFromIndexSize(inOffset, length, in.length);
        Objects.checkFromIndexSize(outOffset, length, out.length);
        try {
            cipher.update(in, inOffset, length, out, outOffset);
        } catch (ShortBufferException e) {
            throw new IllegalStateException("Whole blocks become as many blocks", e);
        }
    }

    private static void requireLength(String what, byte[] bytes, int length) {
        if (bytes.length != length) {
            throw new IllegalArgumentException("An AES-256-CBC " + what + " has " + length + " bytes: " + bytes.length);
        }
    }
}
