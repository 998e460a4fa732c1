package io.github.mtgjava.transport.framing;

import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.transport.obfuscated2.ProtocolTag;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Puts messages into packets for a client (docs/protocol.md, Packets): {@link #begin}, then {@link #head}, the message and
 * {@link #tail} go over the wire, in this order and with nothing between them.
 *
 * <p>One per client; belongs to one thread at a time; allocates nothing per packet, except now and then some randomness.
 */
public final class PacketWriter {

    /** By how much a packet is longer than its message at most. */
    public static final int MAX_OVERHEAD = 7;

    /** {@link #begin}: this transport cannot carry such a message. */
    public static final int IMPOSSIBLE = -1;

    private static final int WORD = 4;
    private static final int LONG_FORM = 0x7f;
    private static final int MAX_WORDS = 1 << 24;
    private static final int MAX_MESSAGE_BYTES = Integer.MAX_VALUE - MAX_OVERHEAD;

    /** A client cuts off what is no whole word: so there may be no more. */
    private static final int MAX_PADDING = 3;

    private static final int RANDOM_BYTES = 64;

    private final ProtocolTag tag;
    private final RandomSource random;
    private final ByteBuffer head = ByteBuffer.allocate(WORD).order(ByteOrder.LITTLE_ENDIAN);
    private final ByteBuffer tail = ByteBuffer.allocate(MAX_PADDING).limit(0);
    private byte[] noise = new byte[0];
    private int noiseUsed;

    /**
     * For one client.
     *
     * @param tag its transport
     * @param random for the padding; fit for cryptography
     */
    public PacketWriter(ProtocolTag tag, RandomSource random) {
        this.tag = tag;
        this.random = random;
    }

    /**
     * Starts a packet.
     *
     * @param messageBytes of the message that follows
     * @return the length of the whole packet, or {@link #IMPOSSIBLE} if there is no packet for such a message: an empty
     *     one, with the abridged transport one that is no whole number of words or has 2<sup>24</sup> of them or more, and
     *     one whose packet would have 2 GiB or more
     */
    public int begin(int messageBytes) {
        boolean words = messageBytes % WORD == 0 && messageBytes / WORD < MAX_WORDS;
        if (messageBytes <= 0 || messageBytes > MAX_MESSAGE_BYTES || (tag == ProtocolTag.ABRIDGED && !words)) {
            return IMPOSSIBLE;
        }
        tail.clear().limit(0);
        head.clear();
        switch (tag) {
            case ABRIDGED -> abridgedHead(messageBytes / WORD);
            case INTERMEDIATE -> head.putInt(messageBytes);
            case PADDED_INTERMEDIATE -> {
                pad();
                head.putInt(messageBytes + tail.remaining());
            }
        }
        head.flip();
        return head.remaining() + messageBytes + tail.remaining();
    }

    private void abridgedHead(int words) {
        if (words < LONG_FORM) {
            head.put((byte) words);
        } else {
            head.putInt((words << 8) | LONG_FORM);
        }
    }

    private void pad() {
        if (noise.length - noiseUsed < 1 + MAX_PADDING) {
            noise = random.bytes(RANDOM_BYTES);
            noiseUsed = 0;
        }
        int count = noise[noiseUsed++] & MAX_PADDING;
        tail.clear().put(noise, noiseUsed, count).flip();
        noiseUsed += count;
    }

    /** What goes before the message; always the same buffer, in read mode, valid until the next packet. */
    public ByteBuffer head() {
        return head;
    }

    /** What goes behind the message; always the same buffer, in read mode, valid until the next packet. */
    public ByteBuffer tail() {
        return tail;
    }

    /**
     * A quick acknowledgement: four bytes without any header.
     *
     * @param confirm as Telegram sent it, read little-endian
     * @return the buffer of {@link #head}
     */
    public ByteBuffer ack(int confirm) {
        head.clear();
        // Apps of this transport know it by the top bit of its first byte, the others by that of its last.
        head.putInt(tag == ProtocolTag.ABRIDGED ? Integer.reverseBytes(confirm) : confirm);
        return head.flip();
    }
}
