package io.github.mtgjava.testkit;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import javax.crypto.Cipher;

/**
 * Frames on a blocking stream, as a middle proxy reads and writes them. What a proxy must not send is an {@link
 * AssertionError}. One thread reads; any may write.
 */
final class MiddleFrames {
    private static final int BLOCK = 16;
    private static final int MAX_FRAME = 1 << 24;
    /** Nonce and handshake have that many. Whoever deciphers noise sees so at once, and does not wait for more of it. */
    private static final int HANDSHAKE_FRAME = 44;

    private final InputStream in;
    private final OutputStream out;
    private final ByteArrayOutputStream unread = new ByteArrayOutputStream();
    private byte[] decrypted = new byte[0];
    private int at;
    private Cipher incoming;
    private Cipher outgoing;
    private int incomingSeq;
    private int outgoingSeq;
    private boolean oneByteSegments;
    private boolean paddingFirst;

    /** What can be wrong with a frame. */
    enum Break {
        CHECKSUM,
        SEQUENCE,
        LENGTH
    }

    MiddleFrames(InputStream in, OutputStream out) {
        this(in, out, -2);
    }

    /** In the middle of a link's life: both directions are at this number. */
    MiddleFrames(InputStream in, OutputStream out, int seq) {
        this.in = in;
        this.out = out;
        this.incomingSeq = seq;
        this.outgoingSeq = seq;
    }

    /** From here on everything is encrypted, both ways. */
    void encrypt(Cipher decrypting, Cipher encrypting) {
        incoming = decrypting;
        outgoing = encrypting;
    }

    /** Every byte is written by itself. */
    void writeInOneByteSegments() {
        oneByteSegments = true;
    }

    /** A block of padding goes before the frames of every flush. */
    void writePaddingFirst() {
        paddingFirst = true;
    }

    /** The next payload; empty if the stream ended before it. */
    Optional<byte[]> read() throws IOException {
        while (true) {
            byte[] length = take(4);
            if (length == null) {
                return Optional.empty();
            }
            int n = little(length).getInt();
            if (n == 4) {
                continue;
            }
            int longest = incomingSeq < 0 ? HANDSHAKE_FRAME : MAX_FRAME;
            expect(n >= 12 && n <= longest && n % 4 == 0, "a frame of " + n + " bytes");
            byte[] rest = take(n - 4);
            if (rest == null) {
                return Optional.empty();
            }
            ByteBuffer frame = little(rest);
            expect(frame.getInt() == incomingSeq, "a frame out of sequence");
            incomingSeq++;
            CRC32 crc = new CRC32();
            crc.update(length);
            crc.update(rest, 0, n - 8);
            expect(frame.getInt(n - 8) == (int) crc.getValue(), "a wrong checksum");
            return Optional.of(Arrays.copyOfRange(rest, 4, n - 8));
        }
    }

    /** Null if the stream ends before. */
    private byte[] take(int count) throws IOException {
        if (incoming == null) {
            byte[] bytes = in.readNBytes(count);
            return bytes.length < count ? null : bytes;
        }
        while (decrypted.length - at < count) {
            int missing = count - (decrypted.length - at);
            byte[] blocks = in.readNBytes((missing + BLOCK - 1) / BLOCK * BLOCK);
            if (blocks.length % BLOCK != 0 || blocks.length == 0) {
                return null;
            }
            unread.reset();
            unread.write(decrypted, at, decrypted.length - at);
            unread.writeBytes(incoming.update(blocks));
            decrypted = unread.toByteArray();
            at = 0;
        }
        at += count;
        return Arrays.copyOfRange(decrypted, at - count, at);
    }

    /** Skips the padding behind the plain nonce, if the proxy sent any: before {@link #encrypt}. */
    void skipPlainPadding() throws IOException {
        byte[] word = in.readNBytes(4);
        if (word.length < 4) {
            throw new EOFException("the stream ended behind the nonce");
        }
        expect(little(word).getInt() == 4, "something else than padding behind the nonce");
    }

    /** Writes payloads in one flush; padded at its end only. */
    synchronized void write(byte[]... payloads) throws IOException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        if (paddingFirst && outgoing != null) {
            pad(plain, BLOCK);
        }
        for (byte[] payload : payloads) {
            plain.writeBytes(frame(payload, outgoingSeq++, null));
        }
        flush(plain, outgoing != null);
    }

    /** Writes a payload, padded to whole blocks even while plain. */
    synchronized void writePadded(byte[] payload) throws IOException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        plain.writeBytes(frame(payload, outgoingSeq++, null));
        flush(plain, true);
    }

    /** Writes a frame that must not be accepted. */
    synchronized void writeBroken(Break what) throws IOException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        plain.writeBytes(frame(new byte[32], outgoingSeq++, what));
        flush(plain, outgoing != null);
    }

    private void flush(ByteArrayOutputStream plain, boolean padded) throws IOException {
        if (padded) {
            pad(plain, (BLOCK - plain.size() % BLOCK) % BLOCK);
        }
        byte[] wire = outgoing == null ? plain.toByteArray() : outgoing.update(plain.toByteArray());
        for (int i = 0; oneByteSegments && i < wire.length - 1; i++) {
            out.write(wire[i]);
            out.flush();
        }
        out.write(wire, oneByteSegments ? wire.length - 1 : 0, oneByteSegments ? 1 : wire.length);
        out.flush();
    }

    private static void pad(ByteArrayOutputStream plain, int bytes) {
        for (int i = 0; i < bytes; i += 4) {
            plain.writeBytes(new byte[] {4, 0, 0, 0});
        }
    }

    private static byte[] frame(byte[] payload, int seq, Break broken) {
        int n = payload.length + 12;
        ByteBuffer frame = little(new byte[n])
                .putInt(broken == Break.LENGTH ? n + 1 : n)
                .putInt(broken == Break.SEQUENCE ? seq + 1 : seq)
                .put(payload);
        CRC32 crc = new CRC32();
        crc.update(frame.array(), 0, n - 4);
        return frame.putInt((int) crc.getValue() ^ (broken == Break.CHECKSUM ? 1 : 0))
                .array();
    }

    static ByteBuffer little(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static void expect(boolean condition, String otherwise) {
        if (!condition) {
            throw new AssertionError("the proxy sent " + otherwise);
        }
    }
}
