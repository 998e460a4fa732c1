package io.github.mtgjava.crypto;

import java.security.GeneralSecurityException;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One AES-256-CTR keystream: encryption and decryption are the same operation, and each byte moves the stream on by
 * one. The IV is a 128-bit big-endian counter that wraps to zero.
 *
 * <p>An instance belongs to one thread at a time. {@link #transform} allocates nothing.
 */
public final class AesCtr {

    /** Length of the key. */
    public static final int KEY_BYTES = 32;

    /** Length of the initial counter. */
    public static final int IV_BYTES = 16;

    private static final int WARM_UP_CALLS = 20_000;
    private static final int WARM_UP_BYTES = 64;
    private static final int SKIP_BYTES = 512;

    private final Cipher cipher;

    /**
     * Starts a keystream at offset 0. Both arrays are copied.
     *
     * @param key {@value #KEY_BYTES} bytes
     * @param iv {@value #IV_BYTES} bytes
     * @throws IllegalArgumentException if a length is wrong
     */
    public AesCtr(byte[] key, byte[] iv) {
        requireLength("key", key, KEY_BYTES);
        requireLength("IV", iv, IV_BYTES);
        try {
            cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES/CTR/NoPadding is required of every JDK", e);
        }
    }

    /**
     * Encrypts or decrypts the next bytes of the stream from one array into another.
     *
     * @param in the array to read from
     * @param inOffset its first byte to read
     * @param length how many bytes, 0 or more
     * @param out the array to write to; not {@code in}, because the JDK would copy the whole input on every call
     * @param outOffset its first byte to write
     * @throws IllegalArgumentException if both arrays are the same
     * @throws IndexOutOfBoundsException if a range does not lie inside its array; the stream has then not moved
     */
    public void transform(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        if (in == out) {
            throw new IllegalArgumentException("Input and output must be different arrays");
        }
        Objects.checkFromIndexSize(inOffset, length, in.length);
        Objects.checkFromIndexSize(outOffset, length, out.length);
        try {
            cipher.update(in, inOffset, length, out, outOffset);
        } catch (ShortBufferException e) {
            throw new IllegalStateException("A counter mode never returns more than it is given", e);
        }
    }

    /**
     * Moves the stream on without using its bytes.
     *
     * @param bytes how far, 0 or more
     * @throws IllegalArgumentException if {@code bytes} is negative
     */
    public void skip(int bytes) {
        if (bytes < 0) {
            throw new IllegalArgumentException("Cannot skip backwards: " + bytes);
        }
        byte[] ignored = new byte[Math.min(bytes, SKIP_BYTES)];
        byte[] zeros = new byte[ignored.length];
        for (int left = bytes; left > 0; left -= ignored.length) {
            transform(zeros, 0, Math.min(left, ignored.length), ignored, 0);
        }
    }

    /**
     * Makes the JIT compile the cipher before traffic needs it, about 40 ms of CPU. The JIT counts calls, not bytes: a
     * cold cipher fed with big pieces stays interpreted, twenty times slower, for many seconds.
     */
    public static void warmUp() {
        AesCtr cipher = new AesCtr(new byte[KEY_BYTES], new byte[IV_BYTES]);
        byte[] in = new byte[WARM_UP_BYTES];
        byte[] out = new byte[WARM_UP_BYTES];
        for (int call = 0; call < WARM_UP_CALLS; call++) {
            cipher.transform(in, 0, in.length, out, 0);
        }
    }

    private static void requireLength(String what, byte[] bytes, int length) {
        if (bytes.length != length) {
            throw new IllegalArgumentException("An AES-256-CTR " + what + " has " + length + " bytes: " + bytes.length);
        }
    }
}
