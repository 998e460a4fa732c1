package io.github.mtgjava.examples.load;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Finds the payload in a stream of TLS data records, which reads may cut anywhere. */
final class RecordScanner {

    private long header;
    private int headerBytes;
    private int left;

    /**
     * Moves the buffer over a header, if one is due.
     *
     * @return how many payload bytes follow in the buffer, all of which the caller has to consume; 0 if it is used up
     * @throws IOException if something else than a data record comes
     */
    int payload(ByteBuffer in) throws IOException {
        while (left == 0 && in.hasRemaining()) {
            header = header << 8 | (in.get() & 0xff);
            if (++headerBytes == Tls.HEADER) {
                left = length();
                headerBytes = 0;
                header = 0;
            }
        }
        int payload = Math.min(left, in.remaining());
        left -= payload;
        return payload;
    }

    private int length() throws IOException {
        int length = (int) (header & 0xffff);
        boolean isData = header >>> 16 == (Tls.APPLICATION_DATA << 16 | Tls.VERSION);
        if (!isData || length == 0 || length > Tls.MAX_RECORD) {
            throw new IOException(String.format("unexpected record header %010x", header));
        }
        return length;
    }
}
