package io.github.mtgjava.transport.obfuscated2;

import io.github.mtgjava.crypto.AesCtr;
import io.github.mtgjava.crypto.RandomSource;

/**
 * The frame with which the proxy opens its stream to a Telegram DC (docs/protocol.md, the frame towards Telegram): keyed without any secret, because the keys
 * stand in it.
 *
 * <p>With {@link #passThrough} Telegram is made to encrypt its answers exactly as the client expects them, so that
 * they are passed on untouched. The keystreams are stateful: a frame belongs to one thread at a time.
 */
public final class TelegramFrame {

    /** Length of the frame. */
    public static final int FRAME_BYTES = FrameLayout.FRAME_BYTES;

    private final byte[] wire;
    private final AesCtr uplink;
    private final byte[] downlinkKeys;
    private final boolean passThrough;

    /** Takes the plain frame and encrypts its end. */
    private TelegramFrame(byte[] plain, boolean passThrough) {
        this.uplink = FrameLayout.keystream(FrameLayout.uplinkKeys(plain));
        this.downlinkKeys = FrameLayout.downlinkKeys(plain);
        this.wire = PlainFrame.encrypt(plain, uplink);
        this.passThrough = passThrough;
    }

    /**
     * Draws a frame with keys of its own: both directions are ciphered anew.
     *
     * @param tag the framing the client uses, since its packets are passed on unparsed
     * @param dc the data centre; written as the client gave it, sign included
     * @param random where 64 bytes come from, several times if need be
     * @return a new frame
     */
    public static TelegramFrame create(ProtocolTag tag, DcId dc, RandomSource random) {
        return new TelegramFrame(PlainFrame.draw(tag, dc, random), false);
    }

    /**
     * Draws a frame whose downlink key is the client's (docs/protocol.md, Pass-through). It serves one Telegram connection of that client.
     *
     * @param client the frame the client sent, which says framing, data centre and key
     * @param random where 64 bytes come from, several times if need be
     * @return a new frame
     */
    public static TelegramFrame passThrough(ClientFrame client, RandomSource random) {
        byte[] plain = PlainFrame.draw(client.tag(), client.dc(), random);
        byte[] keys = FrameLayout.reversed(client.downlinkKeys());
        System.arraycopy(keys, 0, plain, FrameLayout.KEYS_OFFSET, keys.length);
        return new TelegramFrame(plain, true);
    }

    /**
     * What to send first on the connection to Telegram.
     *
     * @return a fresh array of 64 bytes
     */
    public byte[] wire() {
        return wire.clone();
    }

    /**
     * Encrypts what Telegram is sent.
     *
     * @return the one keystream, which stood at offset 64, the first byte behind the frame, when the frame was drawn
     */
    public AesCtr uplink() {
        return uplink;
    }

    /**
     * Decrypts what Telegram sends. To be called once, as a second keystream would start over.
     *
     * @return a new keystream at offset 0, the first byte of Telegram
     * @throws IllegalStateException if the downlink passes through, where nothing is to be decrypted
     */
    public AesCtr downlink() {
        if (passThrough) {
            throw new IllegalStateException("A pass-through downlink is not decrypted");
        }
        return FrameLayout.keystream(downlinkKeys);
    }

    /**
     * Whether Telegram's bytes are already what the client expects.
     *
     * @return true for frames of {@link #passThrough}
     */
    public boolean isPassThrough() {
        return passThrough;
    }
}
