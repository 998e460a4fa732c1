package io.github.mtgjava.transport.obfuscated2;

import io.github.mtgjava.crypto.AesCtr;
import java.util.Arrays;

/**
 * Where things stand in a frame (docs/protocol.md, the client's frame).
 *
 * <pre>
 *   0..7    noise
 *   8..39   seed or key of the uplink ┐ reversed as a whole: key and IV
 *  40..55   IV of the uplink          ┘ of the downlink
 *  56..59   protocol tag              ┐
 *  60..61   DC id                     │ encrypted with the uplink keystream
 *  62..63   noise                     ┘
 * </pre>
 */
final class FrameLayout {

    static final int FRAME_BYTES = 64;
    static final int KEYS_OFFSET = 8;
    static final int IV_OFFSET = KEYS_OFFSET + AesCtr.KEY_BYTES;
    static final int TAG_OFFSET = IV_OFFSET + AesCtr.IV_BYTES;
    static final int DC_OFFSET = TAG_OFFSET + ProtocolTag.BYTES;

    private FrameLayout() {}

    /** The 48 bytes of key and IV as they stand in the frame: those of the uplink. */
    static byte[] uplinkKeys(byte[] frame) {
        return Arrays.copyOfRange(frame, KEYS_OFFSET, TAG_OFFSET);
    }

    /** The same 48 bytes backwards: key and IV of the downlink. */
    static byte[] downlinkKeys(byte[] frame) {
        return reversed(uplinkKeys(frame));
    }

    static byte[] reversed(byte[] bytes) {
        byte[] reversed = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return reversed;
    }

    /** A keystream at offset 0. */
    static AesCtr keystream(byte[] keys) {
        return new AesCtr(
                Arrays.copyOf(keys, AesCtr.KEY_BYTES), Arrays.copyOfRange(keys, AesCtr.KEY_BYTES, keys.length));
    }
}
