package io.github.mtgjava.examples.load;

import java.nio.ByteBuffer;

/** Encrypts what one end sends, and puts it into TLS records if it has to. */
final class Sealer {

    private final Loop loop;
    private final CtrStream stream;
    private final int recordBytes;

    /**
     * Goes on where the stream stands.
     *
     * @param recordBytes payload of the longest record, or 0 for no records
     */
    Sealer(Loop loop, CtrStream stream, int recordBytes) {
        this.loop = loop;
        this.stream = stream;
        this.recordBytes = recordBytes;
    }

    /** Writes as much {@link Content} as the buffer has room for, at most {@code limit} bytes; returns how much. */
    long sealContent(long position, long limit, ByteBuffer out) {
        long done = 0;
        while (done < limit && out.remaining() > Tls.HEADER) {
            int room = recordBytes == 0 ? out.remaining() : out.remaining() - Tls.HEADER;
            int longest = recordBytes == 0 ? Content.MAX_SLICE : recordBytes;
            int length = (int) Math.min(limit - done, Math.min(room, longest));
            sealOne(Content.bytes(), Content.offset(position + done), length, out);
            done += length;
        }
        return done;
    }

    /** Writes the bytes of an array, in one record, for which there must be room. */
    void seal(byte[] bytes, ByteBuffer out) {
        sealOne(bytes, 0, bytes.length, out);
    }

    private void sealOne(byte[] bytes, int offset, int length, ByteBuffer out) {
        if (recordBytes > 0) {
            Tls.putHeader(out, length);
        }
        byte[] sealed = loop.otherScratch();
        for (int at = 0; at < length; at += sealed.length) {
            int piece = Math.min(sealed.length, length - at);
            stream.transform(bytes, offset + at, piece, sealed, 0);
            out.put(sealed, 0, piece);
        }
    }
}
