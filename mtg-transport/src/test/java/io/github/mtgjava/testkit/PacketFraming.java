package io.github.mtgjava.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;

/** How MTProto packets are delimited inside the decrypted stream: one of the three transports, chosen by its tag. */
final class PacketFraming {
    private static final byte ABRIDGED = (byte) 0xef;
    private static final byte PADDED = (byte) 0xdd;
    /** Far above anything the testkit exchanges; only keeps a broken length from being allocated. */
    private static final int MAX_LENGTH = 1 << 24;

    private final byte tag;

    PacketFraming(byte tag) {
        this.tag = tag;
    }

    /**
     * Reads one packet; its padding is cut as far as its length shows it, to a multiple of four. Empty if the stream
     * ended before the packet began.
     */
    Optional<byte[]> read(InputStream in) throws IOException {
        int first = in.read();
        if (first < 0) {
            return Optional.empty();
        }
        byte[] packet = exactly(in, tag == ABRIDGED ? abridgedLength(in, first) : length(in, first));
        return Optional.of(tag == PADDED ? Arrays.copyOf(packet, packet.length & ~3) : packet);
    }

    /**
     * Returns {@code payload} with its header, and in the padded transport with 0 to {@code maxPadding} random bytes
     * behind it.
     */
    byte[] wrap(byte[] payload, int maxPadding, Random random) {
        byte[] padding = new byte[tag == PADDED ? random.nextInt(maxPadding + 1) : 0];
        random.nextBytes(padding);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(header(payload.length + padding.length));
        out.writeBytes(payload);
        out.writeBytes(padding);
        return out.toByteArray();
    }

    private byte[] header(int length) {
        if (tag != ABRIDGED) {
            return littleEndian(length);
        }
        int words = length / 4;
        return words < 0x7f ? new byte[] {(byte) words} : littleEndian(words << 8 | 0x7f);
    }

    private static int abridgedLength(InputStream in, int first) throws IOException {
        int words = first & 0x7f;
        if (words == 0x7f) {
            byte[] rest = exactly(in, 3);
            words = rest[0] & 0xff | (rest[1] & 0xff) << 8 | (rest[2] & 0xff) << 16;
        }
        return words * 4;
    }

    private static int length(InputStream in, int first) throws IOException {
        byte[] rest = exactly(in, 3);
        // The top bit asks for a quick acknowledgement and is no part of the length.
        return first | (rest[0] & 0xff) << 8 | (rest[1] & 0xff) << 16 | (rest[2] & 0x7f) << 24;
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        if (length <= 0 || length > MAX_LENGTH) {
            throw new AssertionError("implausible packet length: " + length);
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the stream ended inside a packet");
        }
        return bytes;
    }

    private static byte[] littleEndian(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array();
    }
}
