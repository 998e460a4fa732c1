package io.github.mtgjava.transport.obfuscated2;

import io.github.mtgjava.crypto.AesCtr;
import io.github.mtgjava.crypto.RandomSource;

/** Frames before their end is encrypted, for those who draw one. */
final class PlainFrame {

    private PlainFrame() {}

    /** Random bytes that begin like no other protocol, with a tag and a DC in their places. */
    static byte[] draw(ProtocolTag tag, DcId dc, RandomSource random) {
        byte[] plain = new byte[FrameLayout.FRAME_BYTES];
        do {
            random.nextBytes(plain);
        } while (ForbiddenBeginnings.match(plain));
        tag.toWire(plain, FrameLayout.TAG_OFFSET);
        dc.toWire(plain, FrameLayout.DC_OFFSET);
        return plain;
    }

    /** What stands on the wire: the end encrypted, which moves the keystream to the first byte behind the frame. */
    static byte[] encrypt(byte[] plain, AesCtr uplink) {
        byte[] wire = new byte[plain.length];
        uplink.transform(plain, 0, plain.length, wire, 0);
        System.arraycopy(plain, 0, wire, 0, FrameLayout.TAG_OFFSET);
        return wire;
    }
}
