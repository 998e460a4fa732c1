package io.github.mtgjava.transport.middleproxy;

import io.github.mtgjava.transport.obfuscated2.ProtocolTag;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What stands before a client's message on a link (docs/protocol.md, Middle proxies): who the client is, how it reached us,
 * and the ad tag.
 *
 * <p>One per client; belongs to one thread at a time; allocates nothing per message.
 */
public final class ProxyRequest {

    /** Length of {@link #header}. */
    public static final int HEADER_BYTES = 84;

    /** Length of an ad tag. */
    public static final int AD_TAG_BYTES = 16;

    private static final int FLAG_NOT_ENCRYPTED = 0x2;
    private static final int FLAG_HAS_AD_TAG = 0x8;
    private static final int FLAG_MAGIC = 0x1000;
    private static final int FLAG_OBFUSCATED = 0x20000;
    private static final int FLAG_PAD = 0x0800_0000;
    private static final int FLAG_INTERMEDIATE = 0x2000_0000;
    private static final int FLAG_ABRIDGED = 0x4000_0000;
    private static final int FLAG_QUICK_ACK = 0x8000_0000;

    private static final int FLAGS_AT = 4;
    private static final int CONNECTION_ID_AT = 8;
    private static final int EXTRA_BYTES = 24;
    private static final int TL_PROXY_TAG = 0xdb1e26ae;
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;

    private final int baseFlags;
    private final ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    /**
     * For all messages of one client.
     *
     * @param tag the client's transport
     * @param clientAddress 4 or 16 bytes in network order
     * @param ourAddress that the client came to, as the world sees it; 4 or 16 bytes in network order
     * @param ourPort that the client came to
     * @param adTag {@value #AD_TAG_BYTES} bytes
     * @throws IllegalArgumentException if a length is wrong
     */
    public ProxyRequest(
            ProtocolTag tag, byte[] clientAddress, int clientPort, byte[] ourAddress, int ourPort, byte[] adTag) {
        if (adTag.length != AD_TAG_BYTES) {
            throw new IllegalArgumentException("an ad tag has " + AD_TAG_BYTES + " bytes, not " + adTag.length);
        }
        baseFlags = FLAG_HAS_AD_TAG | FLAG_MAGIC | FLAG_OBFUSCATED | transport(tag);
        header.putInt(RpcTag.PROXY_REQ).putInt(baseFlags).putLong(0);
        putAddress(clientAddress);
        header.putInt(clientPort);
        putAddress(ourAddress);
        header.putInt(ourPort);
        header.putInt(EXTRA_BYTES).putInt(TL_PROXY_TAG).put((byte) AD_TAG_BYTES).put(adTag);
        header.clear();
    }

    private static int transport(ProtocolTag tag) {
        return switch (tag) {
            case ABRIDGED -> FLAG_ABRIDGED;
            case INTERMEDIATE -> FLAG_INTERMEDIATE;
            case PADDED_INTERMEDIATE -> FLAG_INTERMEDIATE | FLAG_PAD;
        };
    }

    private void putAddress(byte[] address) {
        if (address.length == IPV4_BYTES) {
            header.putLong(0).putShort((short) 0).putShort((short) -1);
        } else if (address.length != IPV6_BYTES) {
            throw new IllegalArgumentException("an IP address has 4 or 16 bytes, not " + address.length);
        }
        header.put(address);
    }

    /**
     * The header of one message.
     *
     * @param connectionId the client's on this link
     * @param quickAck whether the client wants to know that Telegram has got the message
     * @param unencrypted see {@link #isUnencrypted}
     * @return always the same buffer, in read mode, valid until the next call
     */
    public ByteBuffer header(long connectionId, boolean quickAck, boolean unencrypted) {
        int flags = baseFlags | (quickAck ? FLAG_QUICK_ACK : 0) | (unencrypted ? FLAG_NOT_ENCRYPTED : 0);
        return header.clear().putInt(FLAGS_AT, flags).putLong(CONNECTION_ID_AT, connectionId);
    }

    /** Whether a message is of the kind that comes before there is a key: it begins with eight zeros. */
    public static boolean isUnencrypted(ByteBuffer message) {
        return message.remaining() >= Long.BYTES && message.getLong(message.position()) == 0;
    }
}
