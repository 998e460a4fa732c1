package io.github.mtgjava.transport.faketls;

import java.nio.ByteBuffer;

/**
 * Unwraps what a client sends after the ServerHello flight (docs/protocol.md, Records): application-data records, among which
 * ChangeCipherSpec records may occur anywhere. Record boundaries carry no meaning, so a payload is handed out as it
 * arrives. What a proxy sends back is read the same way, though no proxy should send ChangeCipherSpec there.
 *
 * <pre>
 *   int bytes;
 *   while ((bytes = reader.next(in)) > 0) {
 *       consume exactly that many bytes of in
 *   }
 * </pre>
 *
 * <p>One per client; belongs to one thread at a time; keeps numbers only, no bytes and no buffers; never throws on
 * hostile input.
 */
public final class RecordReader {

    /** The answer to input that no client sends. */
    public static final int REJECTED = -1;

    private static final int MAX_PAYLOAD_BYTES = (1 << 14) + 256;
    private static final int MAX_CHANGE_CIPHER_SPEC_BYTES = 64;
    private static final int VERSION_BYTE = 3;

    private boolean rejected;
    private int headerBytes;
    private int type;

    /** Of a payload whose header is complete: what has not been handed out. While the header lasts: its length field. */
    private int payloadLeft;

    /** Waits for the first record. */
    public RecordReader() {}

    /**
     * Goes on to the next payload bytes, past headers, empty records and ChangeCipherSpec.
     *
     * @param in what has arrived, in read mode
     * @return how many payload bytes, 1 or more, stand at the position of {@code in}, which the caller has to consume
     *     before it calls again; 0 if all of {@code in} has been consumed and more is needed; {@link #REJECTED}, now and
     *     for ever after, if this is no client's stream
     */
    public int next(ByteBuffer in) {
        while (!rejected && in.hasRemaining()) {
            if (headerBytes < Tls.RECORD_HEADER_BYTES) {
                rejected = !isHeaderByteGood(in.get() & 0xff);
                continue;
            }
            int length = Math.min(payloadLeft, in.remaining());
            payloadLeft -= length;
            if (payloadLeft == 0) {
                headerBytes = 0;
            }
            if (type == Tls.APPLICATION_DATA && length > 0) {
                return length;
            }
            in.position(in.position() + length);
        }
        return rejected ? REJECTED : 0;
    }

    private boolean isHeaderByteGood(int next) {
        return switch (headerBytes++) {
            case 0 -> {
                type = next;
                yield type == Tls.APPLICATION_DATA || type == Tls.CHANGE_CIPHER_SPEC;
            }
            case 1, 2 -> next == VERSION_BYTE;
            case 3 -> {
                payloadLeft = next << 8;
                yield payloadLeft <= longestPayload();
            }
            default -> {
                payloadLeft |= next;
                yield payloadLeft <= longestPayload();
            }
        };
    }

    private int longestPayload() {
        return type == Tls.APPLICATION_DATA ? MAX_PAYLOAD_BYTES : MAX_CHANGE_CIPHER_SPEC_BYTES;
    }
}
