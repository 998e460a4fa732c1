package io.github.mtgjava.transport.framing;

import io.github.mtgjava.transport.obfuscated2.ProtocolTag;
import java.nio.ByteBuffer;

/**
 * Finds the messages in a client's decrypted stream (docs/protocol.md, Packets). They may be cut anywhere: what has
 * arrived of one is handed out in place.
 *
 * <pre>
 *   int bytes;
 *   while ((bytes = reader.next(in)) > 0) {
 *       consume exactly that many bytes of in; they end the message if reader.isComplete()
 *   }
 * </pre>
 *
 * <p>One per client; belongs to one thread at a time; keeps numbers only, no bytes and no buffers; never throws on hostile
 * input.
 */
public final class PacketReader {

    /** The answer to input that is not made of messages, or of longer ones than allowed. */
    public static final int REJECTED = -1;

    private static final int WORD = 4;
    private static final int QUICK_ACK_BIT = 0x80;
    private static final int LONG_FORM = 0x7f;
    private static final int LONG_HEADER_BYTES = 4;

    private final ProtocolTag tag;
    private final int maxMessageBytes;
    private boolean rejected;
    private int headerBytes;
    private long header;
    private boolean quickAck;
    private int messageBytes;
    private int messageLeft;
    private int paddingLeft;
    private boolean first;

    /**
     * Waits for the first message.
     *
     * @param tag the client's transport
     * @param maxMessageBytes the longest message accepted, its padding not counted; at least 4
     */
    public PacketReader(ProtocolTag tag, int maxMessageBytes) {
        this.tag = tag;
        this.maxMessageBytes = maxMessageBytes;
    }

    /**
     * Goes on to the next bytes of a message, past headers and padding.
     *
     * @param in what has arrived, in read mode
     * @return how many bytes of one message, 1 or more, stand at the position of {@code in}, which the caller has to
     *     consume before it calls again; 0 if all of {@code in} has been consumed and more is needed; {@link #REJECTED},
     *     now and for ever after, if the stream is broken
     */
    public int next(ByteBuffer in) {
        while (!rejected && in.hasRemaining()) {
            if (messageLeft > 0) {
                return take(in);
            }
            if (paddingLeft > 0) {
                int skipped = Math.min(paddingLeft, in.remaining());
                in.position(in.position() + skipped);
                paddingLeft -= skipped;
            } else {
                onHeaderByte(in.get() & 0xff);
            }
        }
        return rejected ? REJECTED : 0;
    }

    private int take(ByteBuffer in) {
        first = messageLeft == messageBytes;
        int count = Math.min(messageLeft, in.remaining());
        messageLeft -= count;
        return count;
    }

    private void onHeaderByte(int next) {
        header |= (long) next << (8 * headerBytes);
        headerBytes++;
        if (tag == ProtocolTag.ABRIDGED && headerBytes == 1) {
            quickAck = (next & QUICK_ACK_BIT) != 0;
            int words = next & ~QUICK_ACK_BIT;
            if (words != LONG_FORM) {
                begin((long) words * WORD, 0);
            }
        } else if (headerBytes == LONG_HEADER_BYTES) {
            if (tag == ProtocolTag.ABRIDGED) {
                begin((header >>> 8) * WORD, 0);
            } else {
                quickAck = header >>> 31 != 0;
                onLength(header & Integer.MAX_VALUE);
            }
        }
    }

    private void onLength(long length) {
        long padding = length % WORD;
        if (padding != 0 && tag == ProtocolTag.INTERMEDIATE) {
            rejected = true;
        } else {
            begin(length - padding, (int) padding);
        }
    }

    private void begin(long bytes, int padding) {
        headerBytes = 0;
        header = 0;
        rejected = bytes == 0 || bytes > maxMessageBytes;
        if (!rejected) {
            messageBytes = (int) bytes;
            messageLeft = messageBytes;
            paddingLeft = padding;
        }
    }

    /** Whether the bytes that {@link #next} returned last begin their message. */
    public boolean isFirst() {
        return first;
    }

    /** Whether the bytes that {@link #next} returned last end their message. */
    public boolean isComplete() {
        return messageLeft == 0;
    }

    /** The length in bytes of the message that {@link #next} was in last: a multiple of 4. */
    public int messageBytes() {
        return messageBytes;
    }

    /** Whether the client asked for a quick acknowledgement of the message that {@link #next} was in last. */
    public boolean quickAck() {
        return quickAck;
    }
}
