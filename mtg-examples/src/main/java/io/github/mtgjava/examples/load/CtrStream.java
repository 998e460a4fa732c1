package io.github.mtgjava.examples.load;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** One AES-256-CTR stream, which can leave out bytes at no cost. */
final class CtrStream {

    private static final int BLOCK = 16;
    private static final int WARM_UP_CALLS = 20_000;
    private static final int WARM_UP_BYTES = 64;

    private final Cipher cipher;
    private final SecretKeySpec key;
    private final byte[] iv;
    private long position;
    private long cipherPosition;

    /** A stream at its first byte; key of 32 bytes, IV of 16. */
    CtrStream(byte[] key, byte[] iv) {
        this.key = new SecretKeySpec(key, "AES");
        this.iv = iv.clone();
        try {
            cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, this.key, new IvParameterSpec(iv));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES/CTR/NoPadding is required of every JDK", e);
        }
    }

    /** Encrypts or decrypts the next bytes from one array into another one. */
    void transform(byte[] in, int inOffset, int length, byte[] out, int outOffset) {
        try {
            if (cipherPosition != position) {
                seek();
            }
            cipher.update(in, inOffset, length, out, outOffset);
        } catch (ShortBufferException e) {
            throw new IllegalArgumentException("the output is shorter than the input", e);
        }
        position += length;
        cipherPosition = position;
    }

    /** Leaves out the next bytes. */
    void skip(long bytes) {
        position += bytes;
    }

    private void seek() {
        byte[] counter = iv.clone();
        long carry = position / BLOCK;
        for (int i = BLOCK - 1; i >= 0 && carry != 0; i--) {
            carry += counter[i] & 0xff;
            counter[i] = (byte) carry;
            carry >>>= 8;
        }
        try {
            cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counter));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this cipher accepted this key before", e);
        }
        cipher.update(new byte[(int) (position % BLOCK)]);
    }

    /** Makes the JIT compile the cipher: it counts calls, not bytes, and a cold cipher would be what is measured. */
    static void warmUp() {
        CtrStream stream = new CtrStream(new byte[2 * BLOCK], new byte[BLOCK]);
        byte[] in = new byte[WARM_UP_BYTES];
        byte[] out = new byte[WARM_UP_BYTES];
        for (int call = 0; call < WARM_UP_CALLS; call++) {
            stream.transform(in, 0, in.length, out, 0);
        }
    }
}
