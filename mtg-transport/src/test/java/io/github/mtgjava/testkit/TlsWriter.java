package io.github.mtgjava.testkit;

import java.io.ByteArrayOutputStream;
import java.util.HexFormat;
import java.util.Random;
import java.util.function.Consumer;

/** Builds TLS structures: big-endian numbers and vectors whose length precedes them. */
final class TlsWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** Returns what {@code content} writes. */
    static byte[] write(Consumer<TlsWriter> content) {
        TlsWriter writer = new TlsWriter();
        content.accept(writer);
        return writer.out.toByteArray();
    }

    TlsWriter u8(int value) {
        out.write(value);
        return this;
    }

    TlsWriter u16(int value) {
        return u8(value >> 8).u8(value);
    }

    TlsWriter u24(int value) {
        return u8(value >> 16).u16(value);
    }

    TlsWriter bytes(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    TlsWriter hex(String digits) {
        return bytes(HexFormat.of().parseHex(digits));
    }

    TlsWriter random(Random random, int length) {
        byte[] drawn = new byte[length];
        random.nextBytes(drawn);
        return bytes(drawn);
    }

    /** Writes {@code content} behind its length in two bytes. */
    TlsWriter vector(Consumer<TlsWriter> content) {
        byte[] written = write(content);
        return u16(written.length).bytes(written);
    }

    /** Writes an extension: its type, then {@code content} behind its length. */
    TlsWriter extension(int type, Consumer<TlsWriter> content) {
        return u16(type).vector(content);
    }
}
