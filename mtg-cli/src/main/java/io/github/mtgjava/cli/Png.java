package io.github.mtgjava.cli;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A picture in black and white, as the PNG specification (W3C, third edition) wants it: one bit a pixel, no filter, no interlacing.
 * The JDK's own writer would bring java.desktop into every runtime image, a fifth of its size.
 */
final class Png {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int HEADER_BYTES = 13;
    private static final byte BITS = 1;
    private static final byte GREY = 0;

    private Png() {}

    /** Whether a pixel is white. */
    @FunctionalInterface
    interface Pixels {
        boolean isWhite(int x, int y);
    }

    /** The bytes of the file. */
    static byte[] of(int width, int height, Pixels pixels) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(SIGNATURE);
        byte[] header = ByteBuffer.allocate(HEADER_BYTES)
                .putInt(width)
                .putInt(height)
                .put(BITS)
                .put(GREY)
                .array();
        writeChunk(file, "IHDR", header);
        writeChunk(file, "IDAT", deflated(rows(width, height, pixels)));
        writeChunk(file, "IEND", new byte[0]);
        return file.toByteArray();
    }

    /** Each row begins with a byte that says that it is not filtered, and ends with a whole byte. */
    private static byte[] rows(int width, int height, Pixels pixels) {
        int rowBytes = 1 + (width + Byte.SIZE - 1) / Byte.SIZE;
        byte[] rows = new byte[rowBytes * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (pixels.isWhite(x, y)) {
                    rows[y * rowBytes + 1 + x / Byte.SIZE] |= (byte) (0x80 >> x % Byte.SIZE);
                }
            }
        }
        return rows;
    }

    private static byte[] deflated(byte[] bytes) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] piece = new byte[8192];
            while (!deflater.finished()) {
                out.write(piece, 0, deflater.deflate(piece));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static void writeChunk(ByteArrayOutputStream file, String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 checksum = new CRC32();
        checksum.update(name);
        checksum.update(data);
        file.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(data.length).array());
        file.writeBytes(name);
        file.writeBytes(data);
        file.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .putInt((int) checksum.getValue())
                .array());
    }
}
