package io.github.mtgjava.testkit;

import java.io.IOException;
import java.io.OutputStream;

/** Cuts a payload into TLS application-data records; each goes out in one write, header included. */
final class RecordOutputStream extends OutputStream {
    /** The longest payload Telegram's clients put into a record. */
    static final int MAX_FROM_CLIENT = 2878;
    /** The payload of a full record of a TLS 1.3 server. */
    static final int MAX_FROM_SERVER = 16_401;

    private static final byte[] NOTHING = {};

    private final OutputStream out;
    private final int maxPayload;
    private byte[] prefix;

    /**
     * Prepares the stream.
     *
     * @param prefix raw bytes to send in front of the first record, in the same write
     */
    RecordOutputStream(OutputStream out, int maxPayload, byte[] prefix) {
        this.out = out;
        this.maxPayload = maxPayload;
        this.prefix = prefix;
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int end = offset + length;
        for (int at = offset; at < end; at += maxPayload) {
            writeRecord(bytes, at, Math.min(maxPayload, end - at));
        }
    }

    private void writeRecord(byte[] bytes, int offset, int length) throws IOException {
        byte[] record = new byte[prefix.length + 5 + length];
        System.arraycopy(prefix, 0, record, 0, prefix.length);
        record[prefix.length] = 0x17;
        record[prefix.length + 1] = 3;
        record[prefix.length + 2] = 3;
        record[prefix.length + 3] = (byte) (length >> 8);
        record[prefix.length + 4] = (byte) length;
        System.arraycopy(bytes, offset, record, prefix.length + 5, length);
        prefix = NOTHING;
        out.write(record);
    }
}
