package io.github.mtgjava.testkit;

import java.io.IOException;
import java.io.InputStream;
import javax.crypto.Cipher;
import javax.crypto.ShortBufferException;

/**
 * Applies a stream cipher to what is read. (The JDK's {@code CipherInputStream} will not do: it blocks in a read of no
 * bytes, which {@code readNBytes} ends with, and takes 512 bytes at a time.)
 */
final class DecryptingStream extends InputStream {
    private static final int CHUNK = 32 * 1024;

    private final InputStream in;
    private final Cipher cipher;
    private final byte[] encrypted = new byte[CHUNK];

    DecryptingStream(InputStream in, Cipher cipher) {
        this.in = in;
        this.cipher = cipher;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int n = in.read(encrypted, 0, Math.min(length, CHUNK));
        try {
            return n < 0 ? -1 : cipher.update(encrypted, 0, n, bytes, offset);
        } catch (ShortBufferException e) {
            throw new AssertionError("a stream cipher keeps the length", e);
        }
    }
}
