package io.github.mtgjava.prober;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;

/** What probes are made of. */
final class Bytes {

    private Bytes() {}

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    static byte[] u8(int value) {
        return new byte[] {(byte) value};
    }

    static byte[] u16(int value) {
        return new byte[] {(byte) (value >> 8), (byte) value};
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }

    /** The parts behind their length in two bytes. */
    static byte[] vector(byte[]... parts) {
        byte[] content = join(parts);
        return join(u16(content.length), content);
    }

    /** Noise, the same each time. */
    static byte[] noise(int length) {
        byte[] noise = new byte[length];
        new Random(length).nextBytes(noise);
        return noise;
    }

    static byte[] first(byte[] bytes, int count) {
        return Arrays.copyOf(bytes, count);
    }

    static byte[] rest(byte[] bytes, int from) {
        return Arrays.copyOfRange(bytes, from, bytes.length);
    }

    /** The bytes in pieces of that length; the last one may be shorter. */
    static byte[][] pieces(byte[] bytes, int length) {
        byte[][] pieces = new byte[(bytes.length + length - 1) / length][];
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = Arrays.copyOfRange(bytes, i * length, Math.min(bytes.length, (i + 1) * length));
        }
        return pieces;
    }
}
