package io.github.mtgjava.transport.obfuscated2;

import org.jspecify.annotations.Nullable;

/** How packets are framed inside the stream; bytes 56..59 of the frame say which (all four are the same byte). */
public enum ProtocolTag {
    /** Lengths in one or four bytes; mobile and desktop apps with a simple secret. */
    ABRIDGED(0xef),

    /** Lengths in four bytes; TDLib with a simple secret. */
    INTERMEDIATE(0xee),

    /** Lengths in four bytes, random padding; every client with a secured or FakeTLS secret. */
    PADDED_INTERMEDIATE(0xdd);

    static final int BYTES = 4;

    private final byte wireByte;

    ProtocolTag(int wireByte) {
        this.wireByte = (byte) wireByte;
    }

    /**
     * The byte whose fourfold repetition is the tag.
     *
     * @return 0xef, 0xee or 0xdd
     */
    public byte wireByte() {
        return wireByte;
    }

    /** The tag in {@code frame[offset..offset + 4)}, or null if there is none. */
    static @Nullable ProtocolTag fromWire(byte[] frame, int offset) {
        for (ProtocolTag tag : values()) {
            if (tag.isAt(frame, offset)) {
                return tag;
            }
        }
        return null;
    }

    void toWire(byte[] frame, int offset) {
        for (int i = 0; i < BYTES; i++) {
            frame[offset + i] = wireByte;
        }
    }

    private boolean isAt(byte[] frame, int offset) {
        for (int i = 0; i < BYTES; i++) {
            if (frame[offset + i] != wireByte) {
                return false;
            }
        }
        return true;
    }
}
