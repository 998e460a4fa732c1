package io.github.mtgjava.examples.load;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Random;

/**
 * The 64 bytes that open an obfuscated2 stream, and the two ciphers that follow from them.
 *
 * <pre>
 * noise (8) | uplink key (32) | uplink IV (16) | tag (4) | DC (2, little endian) | noise (2)
 * </pre>
 * Bytes 8 to 55 read backwards are key and IV of the downlink. A secret is hashed into both keys; towards Telegram there
 * is none. The last eight bytes are encrypted, as bytes 56 to 63 of the uplink.
 */
final class Frame {

    static final int LENGTH = 64;

    private static final int ENCRYPTED_FROM = 56;
    private static final byte PADDED_INTERMEDIATE = (byte) 0xdd;

    private final byte[] wire;
    private final CtrStream uplink;
    private final CtrStream downlink;

    private Frame(byte[] wire, byte[] secretKey) {
        byte[] backwards = new byte[48];
        for (int i = 0; i < backwards.length; i++) {
            backwards[i] = wire[ENCRYPTED_FROM - 1 - i];
        }
        this.wire = wire;
        uplink = new CtrStream(key(Arrays.copyOfRange(wire, 8, 40), secretKey), Arrays.copyOfRange(wire, 40, 56));
        downlink = new CtrStream(key(Arrays.copyOf(backwards, 32), secretKey), Arrays.copyOfRange(backwards, 32, 48));
    }

    /** A client's new frame. */
    static Frame draw(Random random, byte[] secretKey, int dc) {
        byte[] wire = new byte[LENGTH];
        random.nextBytes(wire);
        // Below 0x10 begins nothing that a client must avoid, neither TLS nor HTTP; nor may bytes 4 to 7 all be zero.
        wire[0] &= 0x0f;
        wire[4] |= 1;
        Arrays.fill(wire, ENCRYPTED_FROM, ENCRYPTED_FROM + 4, PADDED_INTERMEDIATE);
        wire[60] = (byte) dc;
        wire[61] = (byte) (dc >> 8);
        Frame frame = new Frame(wire, secretKey);
        byte[] end = Arrays.copyOfRange(wire, ENCRYPTED_FROM, LENGTH);
        frame.uplink.skip(ENCRYPTED_FROM);
        frame.uplink.transform(end, 0, end.length, wire, ENCRYPTED_FROM);
        return frame;
    }

    /** A frame as it came to the DC, without a secret; the array is kept. */
    static Frame read(byte[] wire) {
        Frame frame = new Frame(wire, new byte[0]);
        frame.uplink.skip(LENGTH);
        return frame;
    }

    private static byte[] key(byte[] seed, byte[] secretKey) {
        if (secretKey.length == 0) {
            return seed;
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(seed);
            return digest.digest(secretKey);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is required of every JDK", e);
        }
    }

    /** The frame as it goes over the wire; not a copy. */
    byte[] wire() {
        return wire;
    }

    /** The stream to Telegram, behind the frame. */
    CtrStream uplink() {
        return uplink;
    }

    /** The stream from Telegram, at its first byte. */
    CtrStream downlink() {
        return downlink;
    }
}
