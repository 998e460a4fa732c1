package io.github.mtgjava.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.IntConsumer;

/** The payload of a sequence of TLS records. A record no genuine peer sends is an {@link AssertionError}. */
final class RecordInputStream extends InputStream {
    private static final int CHANGE_CIPHER_SPEC = 20;
    private static final int APPLICATION_DATA = 23;
    /** What a full record of a TLS 1.3 server carries: 2^14 bytes, the inner type and the tag. */
    private static final int MAX_FROM_SERVER = 16_401;
    /** What the standard allows: 2^14 + 256. */
    private static final int MAX_FROM_CLIENT = 16_640;

    private final InputStream in;
    private final boolean fromServer;
    private final IntConsumer listener;
    private int remaining;

    private RecordInputStream(InputStream in, boolean fromServer, IntConsumer listener) {
        this.in = in;
        this.fromServer = fromServer;
        this.listener = listener;
    }

    /** Reads what a server sends behind its flight: application data only, never empty. */
    static RecordInputStream fromServer(InputStream in) {
        return fromServer(in, length -> {});
    }

    /** The same; the listener is told the length of every record. */
    static RecordInputStream fromServer(InputStream in, IntConsumer listener) {
        return new RecordInputStream(in, true, listener);
    }

    /** Reads what a client sends behind its hello; ChangeCipherSpec is skipped. */
    static RecordInputStream fromClient(InputStream in) {
        return new RecordInputStream(in, false, length -> {});
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
        while (remaining == 0) {
            if (!nextRecord()) {
                return -1;
            }
        }
        int n = in.read(bytes, offset, Math.min(length, remaining));
        if (n < 0) {
            throw new EOFException("the stream ended inside a record");
        }
        remaining -= n;
        return n;
    }

    private boolean nextRecord() throws IOException {
        int type = in.read();
        if (type < 0) {
            return false;
        }
        byte[] rest = exactly(4);
        int length = (rest[2] & 0xff) << 8 | rest[3] & 0xff;
        expect(rest[0] == 3 && rest[1] == 3, "record version " + rest[0] + "." + rest[1]);
        if (type == CHANGE_CIPHER_SPEC && !fromServer) {
            expect(length <= 64, "ChangeCipherSpec of " + length + " bytes");
            exactly(length);
            return true;
        }
        expect(type == APPLICATION_DATA, "record type " + type);
        expect(length <= (fromServer ? MAX_FROM_SERVER : MAX_FROM_CLIENT), "record of " + length + " bytes");
        expect(length > 0 || !fromServer, "empty record");
        listener.accept(length);
        remaining = length;
        return true;
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the stream ended inside a record");
        }
        return bytes;
    }

    private static void expect(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError("unexpected " + otherwise);
        }
    }
}
