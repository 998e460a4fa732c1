package io.github.mtgjava.testkit;

import io.github.mtgjava.testkit.FakeMiddleProxy.Request;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;

/**
 * How a client's message is wrapped on a link. What a proxy must not send is an {@link AssertionError}.
 *
 * <pre>
 * tag (4) | flags (4) | connection id (8) | client: IP (16), port (4) | proxy: IP (16), port (4)
 * length of the extra part, 24 (4) | its tag (4) | length of the ad tag, 16 (1) | ad tag (16) | zeros (3) | message
 * </pre>
 */
final class MiddleRequest {
    static final int TAG = 0x36cef1ee;
    static final int QUICK_ACK = 0x8000_0000;
    static final int NOT_ENCRYPTED = 2;

    private static final int HEADER = 84;
    private static final int KEY_ID = 8;
    private static final int AD_TAG = 0xdb1e26ae;
    /** Abridged, intermediate, padded intermediate. */
    private static final Set<Integer> BASE_FLAGS = Set.of(0x40021008, 0x20021008, 0x28021008);

    private MiddleRequest() {}

    /** Checks a payload with that tag. */
    static Request read(int link, byte[] payload) {
        ByteBuffer in = MiddleFrames.little(payload);
        MiddleFrames.expect(payload.length >= HEADER + KEY_ID, "a request of " + payload.length + " bytes");
        MiddleFrames.expect(payload.length % 4 == 0, "a message that is no multiple of 4");
        int flags = in.getInt(4);
        boolean unencrypted = in.getLong(HEADER) == 0;
        MiddleFrames.expect(
                BASE_FLAGS.contains(flags & ~(QUICK_ACK | NOT_ENCRYPTED)), "flags " + Integer.toHexString(flags));
        MiddleFrames.expect(
                (flags & NOT_ENCRYPTED) != 0 == unencrypted, "a wrong flag for the encryption of a message");
        MiddleFrames.expect(in.getLong(8) != 0, "no connection id");
        MiddleFrames.expect(isPort(in.getInt(32)) && isPort(in.getInt(52)), "a port that is none");
        MiddleFrames.expect(in.getInt(56) == 24 && in.getInt(60) == AD_TAG, "a wrong extra part");
        MiddleFrames.expect(in.get(64) == 16 && in.getShort(81) == 0 && in.get(83) == 0, "a wrong ad tag");
        return new Request(
                link,
                in.getLong(8),
                flags,
                Arrays.copyOfRange(payload, 16, 32),
                in.getInt(32),
                Arrays.copyOfRange(payload, 36, 52),
                in.getInt(52),
                Arrays.copyOfRange(payload, 65, 81),
                payload.length - HEADER);
    }

    private static boolean isPort(int value) {
        return value > 0 && value <= 0xffff;
    }

    /** The client's message. */
    static byte[] message(byte[] payload) {
        return Arrays.copyOfRange(payload, HEADER, payload.length);
    }
}
