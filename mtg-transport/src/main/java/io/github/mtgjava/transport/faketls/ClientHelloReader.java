package io.github.mtgjava.transport.faketls;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a TLS ClientHello from the first bytes of a connection, however TCP has chopped them and over however many
 * records the client has spread it (docs/protocol.md, ClientHello).
 *
 * <p>The caller keeps every raw byte since accept, because a connection that turns out not to be a Telegram client's is
 * relayed from its first byte on, and shows all of them each time. So nothing is remembered between calls but the end.
 * What is wrong is rejected as soon as it can be seen, and never throws.
 *
 * <p>One per client; belongs to one thread at a time.
 */
public final class ClientHelloReader {

    /** The shortest handshake message, its 4-byte header included, that could be a real client's. */
    public static final int MIN_HELLO_BYTES = 100;

    /** The longest handshake message, its 4-byte header included, that is accepted. */
    public static final int MAX_HELLO_BYTES = 16_384;

    /** Over how many records the message may be spread. */
    public static final int MAX_RECORDS = 16;

    /** What a caller has to keep at most: with this many bytes {@link #read} has come to an end. */
    public static final int MAX_RAW_BYTES = MAX_HELLO_BYTES + MAX_RECORDS * Tls.RECORD_HEADER_BYTES;

    /** What a call to {@link #read} came to. */
    public enum Status {
        /** All is well so far, but the hello is not complete. */
        NEED_INPUT,
        /** {@link #hello()} is there; the input stands behind the last record of the hello. Final. */
        COMPLETE,
        /** No ClientHello of a Telegram client; nothing has been consumed. Final. */
        REJECTED
    }

    private Status status = Status.NEED_INPUT;
    private @Nullable ClientHello hello;

    /** Waits for a hello. */
    public ClientHelloReader() {}

    /**
     * Looks at everything received so far. After an end status it consumes nothing and says the same again.
     *
     * @param raw all bytes since accept, in read mode; its position moves only on {@link Status#COMPLETE}
     * @return what it came to
     */
    public Status read(ByteBuffer raw) {
        if (status == Status.NEED_INPUT) {
            HelloRecords records = new HelloRecords(raw);
            status = records.scan();
            if (status == Status.COMPLETE) {
                hello = ClientHelloParser.parse(records.reassembled());
                if (hello == null) {
                    status = Status.REJECTED;
                } else {
                    raw.position(records.end());
                }
            }
        }
        return status;
    }

    /**
     * The hello that was read.
     *
     * @return the hello, the same one each time
     * @throws IllegalStateException unless {@link #read} has said {@link Status#COMPLETE}
     */
    public ClientHello hello() {
        if (hello == null) {
            throw new IllegalStateException("No ClientHello: " + status);
        }
        return hello;
    }
}
