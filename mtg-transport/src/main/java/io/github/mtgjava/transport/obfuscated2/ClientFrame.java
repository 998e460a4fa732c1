package io.github.mtgjava.transport.obfuscated2;

import io.github.mtgjava.crypto.AesCtr;
import io.github.mtgjava.crypto.Sha256;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a client's frame says (docs/protocol.md, the client's frame): framing, data centre and the two keystreams. Its keystreams are stateful, so a
 * frame belongs to one thread at a time.
 */
public final class ClientFrame {

    private final byte[] wire;
    private final ProtocolTag tag;
    private final DcId dc;
    private final AesCtr uplink;
    private final byte[] downlinkKeys;

    private ClientFrame(byte[] wire, ProtocolTag tag, DcId dc, AesCtr uplink, byte[] downlinkKeys) {
        this.wire = wire;
        this.tag = tag;
        this.dc = dc;
        this.uplink = uplink;
        this.downlinkKeys = downlinkKeys;
    }

    /** Decrypts a frame; null if its tag is unknown. Keeps the array. */
    static @Nullable ClientFrame open(byte[] wire, byte[] key) {
        AesCtr uplink = FrameLayout.keystream(hashed(FrameLayout.uplinkKeys(wire), key));
        byte[] plain = new byte[wire.length];
        uplink.transform(wire, 0, wire.length, plain, 0);
        ProtocolTag tag = ProtocolTag.fromWire(plain, FrameLayout.TAG_OFFSET);
        if (tag == null) {
            return null;
        }
        DcId dc = DcId.fromWire(plain, FrameLayout.DC_OFFSET);
        return new ClientFrame(wire, tag, dc, uplink, hashed(FrameLayout.downlinkKeys(wire), key));
    }

    /** The seed becomes a key by hashing it with the secret; the IV behind it stays. */
    static byte[] hashed(byte[] keys, byte[] key) {
        byte[] hash = Sha256.of(Arrays.copyOf(keys, AesCtr.KEY_BYTES), key);
        System.arraycopy(hash, 0, keys, 0, hash.length);
        return keys;
    }

    /**
     * The framing that the client uses, and that Telegram has to use too.
     *
     * @return the tag
     */
    public ProtocolTag tag() {
        return tag;
    }

    /**
     * The data centre that the client asks for.
     *
     * @return its id, which need not exist
     */
    public DcId dc() {
        return dc;
    }

    /**
     * Decrypts what the client sends.
     *
     * @return the one keystream, which stood at offset 64, the first byte behind the frame, when the frame was read
     */
    public AesCtr uplink() {
        return uplink;
    }

    /**
     * Encrypts what the client is sent. To be called once, as a second keystream would start over.
     *
     * @return a new keystream at offset 0, the first byte of the proxy
     */
    public AesCtr downlink() {
        return FrameLayout.keystream(downlinkKeys);
    }

    /**
     * What a replayed frame cannot change: bytes 8..55 as received. The bytes around them are ignored or malleable.
     *
     * @return a fresh array of 48 bytes
     */
    public byte[] replayKey() {
        return FrameLayout.uplinkKeys(wire);
    }

    /** Key and IV of {@link #downlink()}, one behind the other; not to be changed. */
    byte[] downlinkKeys() {
        return downlinkKeys;
    }

    /** Tag and DC only: everything else is key material. */
    @Override
    public String toString() {
        return "ClientFrame[tag=" + tag + ", dc=" + dc.signed() + "]";
    }
}
