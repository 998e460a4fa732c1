package io.github.mtgjava.transport.faketls;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.function.Consumer;

/** Writes TLS structures: big-endian numbers, and vectors behind a length that is known only afterwards. */
final class TlsOutput {

    private final ByteBuffer out;

    /** With room for so many bytes, and not one more. */
    TlsOutput(int maxBytes) {
        out = ByteBuffer.allocate(maxBytes);
    }

    TlsOutput u8(int value) {
        out.put((byte) value);
        return this;
    }

    TlsOutput u16(int value) {
        out.putShort((short) value);
        return this;
    }

    TlsOutput bytes(byte[] bytes) {
        out.put(bytes);
        return this;
    }

    TlsOutput hex(String digits) {
        return bytes(HexFormat.of().parseHex(digits));
    }

    /** The content behind its length in two bytes. */
    TlsOutput vector(Consumer<TlsOutput> content) {
        int start = out.position();
        u16(0);
        content.accept(this);
        out.putShort(start, (short) (out.position() - start - 2));
        return this;
    }

    /** An extension: its type, then the content behind its length. */
    TlsOutput extension(int type, Consumer<TlsOutput> content) {
        return u16(type).vector(content);
    }

    /** What has been written. */
    byte[] toArray() {
        return Arrays.copyOf(out.array(), out.position());
    }
}
