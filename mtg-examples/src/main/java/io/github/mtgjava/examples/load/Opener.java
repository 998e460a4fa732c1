package io.github.mtgjava.examples.load;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** Decrypts what one end receives and compares it with the {@link Content}. */
final class Opener {

    private static final int SAMPLE_EVERY = 32;

    private final Loop loop;
    private final CtrStream stream;
    private int calls;

    /** Goes on where the stream stands. */
    Opener(Loop loop, CtrStream stream) {
        this.loop = loop;
        this.stream = stream;
    }

    /**
     * Takes the next bytes out of the buffer.
     *
     * @param position where they should stand in the content
     * @return false if they were looked at and are wrong
     */
    boolean accept(ByteBuffer in, int length, long position, Check check) {
        boolean looks = check == Check.ALL || (check == Check.SAMPLE && calls++ % SAMPLE_EVERY == 0);
        if (!looks) {
            stream.skip(length);
            in.position(in.position() + length);
            return true;
        }
        byte[] opened = loop.otherScratch();
        boolean good = true;
        for (int done = 0; done < length; ) {
            int piece = open(in, length - done);
            int expected = Content.offset(position + done);
            good &= Arrays.equals(opened, 0, piece, Content.bytes(), expected, expected + piece);
            done += piece;
        }
        return good;
    }

    /** Decrypts the next bytes into {@link Loop#otherScratch}, as many as have room there; returns how many. */
    int open(ByteBuffer in, int limit) {
        byte[] sealed = loop.scratch();
        int piece = Math.min(limit, sealed.length);
        in.get(sealed, 0, piece);
        stream.transform(sealed, 0, piece, loop.otherScratch(), 0);
        return piece;
    }
}
