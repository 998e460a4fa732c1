package io.github.mtgjava.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Keeps the first write back and sends it in one with the second, so that both come in one segment. */
final class JoiningStream extends OutputStream {
    private final OutputStream out;
    private final ByteArrayOutputStream first = new ByteArrayOutputStream();
    private boolean joined;

    JoiningStream(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (joined) {
            out.write(bytes, offset, length);
            return;
        }
        boolean second = first.size() > 0;
        first.write(bytes, offset, length);
        if (second) {
            joined = true;
            out.write(first.toByteArray());
        }
    }
}
