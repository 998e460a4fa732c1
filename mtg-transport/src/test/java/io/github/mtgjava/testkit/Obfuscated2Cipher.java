package io.github.mtgjava.testkit;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The two AES-256-CTR streams that one obfuscated2 frame opens, and what its encrypted end says. Either side of a
 * connection uses the same object, since in CTR mode decrypting is encrypting.
 *
 * <p>Each of the two ciphers may be used by one thread.
 */
public final class Obfuscated2Cipher {
    /** Length of a frame. */
    public static final int FRAME_LENGTH = 64;

    /** Stands for "no secret": the keys are then taken from the frame unhashed, as Telegram does. */
    public static final byte[] NO_SECRET = {};

    private static final Set<Integer> FORBIDDEN_WORDS =
            Set.of(0x48454144, 0x504f5354, 0x47455420, 0x4f505449, 0xdddddddd, 0xeeeeeeee, 0x16030102);

    private final Cipher uplink;
    private final Cipher downlink;
    private final byte[] opened;

    /**
     * Derives both streams from a frame as it stands on the wire.
     *
     * @param wire 64 bytes
     * @param secret the 16-byte key, or {@link #NO_SECRET}
     */
    public Obfuscated2Cipher(byte[] wire, byte[] secret) {
        byte[] reversed = reversedMiddle(wire);
        uplink = cipher(key(Arrays.copyOfRange(wire, 8, 40), secret), Arrays.copyOfRange(wire, 40, 56));
        downlink = cipher(key(Arrays.copyOf(reversed, 32), secret), Arrays.copyOfRange(reversed, 32, 48));
        // The uplink stream starts with the frame itself, so the whole of it goes through the cipher.
        opened = uplink.update(wire);
    }

    /**
     * Draws a frame in its form on the wire.
     *
     * @param filtered whether forbidden beginnings are avoided, as everybody does except clients inside FakeTLS
     */
    static byte[] frame(Random random, byte tag, int dc, byte[] secret, boolean filtered) {
        byte[] plain = new byte[FRAME_LENGTH];
        do {
            random.nextBytes(plain);
        } while (filtered && hasForbiddenBeginning(plain));
        Arrays.fill(plain, 56, 60, tag);
        plain[60] = (byte) dc;
        plain[61] = (byte) (dc >> 8);
        byte[] encrypted = new Obfuscated2Cipher(plain, secret).opened;
        System.arraycopy(encrypted, 56, plain, 56, 8);
        return plain;
    }

    /** Whether a frame begins with bytes that a client must never send outside FakeTLS. */
    public static boolean hasForbiddenBeginning(byte[] frame) {
        return frame[0] == (byte) 0xef || FORBIDDEN_WORDS.contains(word(frame, 0)) || word(frame, 4) == 0;
    }

    /** The stream from the client, standing behind the frame. */
    public Cipher uplink() {
        return uplink;
    }

    /** The stream to the client, standing at its first byte. */
    public Cipher downlink() {
        return downlink;
    }

    /** The protocol tag's first byte. */
    public byte tag() {
        return opened[56];
    }

    /** Whether the tag is one of the three known and repeats four times. */
    public boolean hasValidTag() {
        boolean repeats = opened[57] == tag() && opened[58] == tag() && opened[59] == tag();
        return repeats && (tag() == (byte) 0xef || tag() == (byte) 0xee || tag() == (byte) 0xdd);
    }

    /** The signed DC index. */
    public int dc() {
        return opened[60] & 0xff | opened[61] << 8;
    }

    private static byte[] reversedMiddle(byte[] wire) {
        byte[] reversed = new byte[48];
        for (int i = 0; i < reversed.length; i++) {
            reversed[i] = wire[55 - i];
        }
        return reversed;
    }

    private static byte[] key(byte[] seed, byte[] secret) {
        if (secret.length == 0) {
            return seed;
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(seed);
            return digest.digest(secret);
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    private static Cipher cipher(byte[] key, byte[] iv) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has AES in CTR mode", e);
        }
    }

    private static int word(byte[] frame, int at) {
        return (frame[at] & 0xff) << 24
                | (frame[at + 1] & 0xff) << 16
                | (frame[at + 2] & 0xff) << 8
                | frame[at + 3] & 0xff;
    }
}
