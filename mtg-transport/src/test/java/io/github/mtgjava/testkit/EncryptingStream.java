package io.github.mtgjava.testkit;

import java.io.IOException;
import java.io.OutputStream;
import javax.crypto.Cipher;

/** Applies a stream cipher to what is written; one write stays one write. */
final class EncryptingStream extends OutputStream {
    private static final byte[] NOTHING = {};

    private final OutputStream out;
    private final Cipher cipher;

    EncryptingStream(OutputStream out, Cipher cipher) {
        this.out = out;
        this.cipher = cipher;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        // The cipher says null instead of an empty array.
        out.write(length == 0 ? NOTHING : cipher.update(bytes, offset, length));
    }
}
