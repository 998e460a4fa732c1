package io.github.mtgjava.transport.obfuscated2;

import io.github.mtgjava.crypto.AesCtr;
import io.github.mtgjava.crypto.RandomSource;

/**
 * The frame with which a client opens its stream to a proxy (docs/protocol.md, the client's frame): what {@link ClientFrameDecoder}
 * reads. For those who act as a client, to see whether a proxy works.
 *
 * <p>Clients filter no beginnings inside FakeTLS; here they always are, as nobody can tell. The keystreams are stateful: a
 * frame belongs to one thread at a time.
 */
public final class ClientFrameWriter {

    private final byte[] wire;
    private final AesCtr uplink;
    private final byte[] downlinkKeys;

    private ClientFrameWriter(byte[] plain, byte[] key) {
        this.uplink = FrameLayout.keystream(ClientFrame.hashed(FrameLayout.uplinkKeys(plain), key));
        this.downlinkKeys = ClientFrame.hashed(FrameLayout.downlinkKeys(plain), key);
        this.wire = PlainFrame.encrypt(plain, uplink);
    }

    /**
     * Draws a frame.
     *
     * @param key the {@value ClientFrameDecoder#KEY_BYTES}-byte key part of the secret, without prefix or host name
     * @param tag the framing of the packets to follow
     * @param dc the data centre to ask for
     * @param random where 64 bytes come from, several times if need be
     * @return a new frame
     * @throws IllegalArgumentException if the key has another length
     */
    public static ClientFrameWriter create(byte[] key, ProtocolTag tag, DcId dc, RandomSource random) {
        if (key.length != ClientFrameDecoder.KEY_BYTES) {
            throw new IllegalArgumentException(
                    "The key of a secret has " + ClientFrameDecoder.KEY_BYTES + " bytes: " + key.length);
        }
        return new ClientFrameWriter(PlainFrame.draw(tag, dc, random), key);
    }

    /**
     * What to send first: to the proxy, or inside FakeTLS.
     *
     * @return a fresh array of 64 bytes
     */
    public byte[] wire() {
        return wire.clone();
    }

    /**
     * Encrypts what the proxy is sent.
     *
     * @return the one keystream, which stood at offset 64, the first byte behind the frame, when the frame was drawn
     */
    public AesCtr uplink() {
        return uplink;
    }

    /**
     * Decrypts what the proxy sends. To be called once, as a second keystream would start over.
     *
     * @return a new keystream at offset 0, the first byte of the proxy
     */
    public AesCtr downlink() {
        return FrameLayout.keystream(downlinkKeys);
    }
}
