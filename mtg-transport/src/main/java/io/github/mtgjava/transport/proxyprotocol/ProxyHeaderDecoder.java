package io.github.mtgjava.transport.proxyprotocol;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the header of either version with which a connection begins, however it is chopped, and not one byte further.
 *
 * <p>One per connection; belongs to one thread at a time; keeps no more than 107 bytes; never throws on hostile
 * input.
 */
public final class ProxyHeaderDecoder {

    /**
     * The longest header that is accepted, in bytes. What senders add to the addresses, such as a certificate's name or a
     * cloud's identifiers, takes some hundreds; the protocol itself would allow 65551.
     */
    public static final int MAX_BYTES = V2Reader.MAX_BYTES;

    /** What a call to {@link #decode} came to. */
    public enum Status {
        /** The header is not complete; all input has been consumed. */
        NEED_INPUT,
        /** {@link #connection()} can be asked; the input stands at the first byte behind the header. Final. */
        COMPLETE,
        /** It is no header. Final. */
        REJECTED
    }

    private @Nullable VersionReader reader;
    private Status status = Status.NEED_INPUT;

    /** Waits for a header. */
    public ProxyHeaderDecoder() {}

    /**
     * Consumes at most what is missing of the header. After an end status it consumes nothing and says the same again.
     *
     * @param in what has arrived, in read mode
     * @return what it came to
     */
    public Status decode(ByteBuffer in) {
        if (status == Status.NEED_INPUT && in.hasRemaining()) {
            if (reader == null) {
                // The first bytes of the two differ, and each reader rejects what is neither.
                reader = in.get(in.position()) == V1Reader.FIRST_BYTE ? new V1Reader() : new V2Reader();
            }
            status = reader.decode(in);
        }
        return status;
    }

    /**
     * The connection that is forwarded. Nothing if the sender speaks for itself, does not know, or tells of anything else
     * than TCP: then the addresses of the connection that the header came on count.
     *
     * @throws IllegalStateException unless {@link #decode} has said {@link Status#COMPLETE}
     */
    public Optional<ProxiedConnection> connection() {
        if (reader == null || status != Status.COMPLETE) {
            throw new IllegalStateException("No header: " + status);
        }
        return Optional.ofNullable(reader.connection());
    }
}
