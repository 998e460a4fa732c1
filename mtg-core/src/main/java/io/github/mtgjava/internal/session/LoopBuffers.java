package io.github.mtgjava.internal.session;

import io.github.mtgjava.crypto.AesCtr;
import io.github.mtgjava.transport.faketls.RampSlots;
import io.github.mtgjava.transport.faketls.RecordRamp;
import io.github.mtgjava.transport.faketls.RecordSlots;
import io.github.mtgjava.transport.nio.TcpConnection;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The memory through which a loop's bytes pass: its one read buffer, seen whole or cut into TLS record slots, and two
 * small arrays for the ciphers. What is in them is done with before control returns to the loop.
 */
final class LoopBuffers {

    /** The JDK's cipher is fastest from one small array into another; in place it would copy its input. */
    private static final int PIECE_BYTES = 8 * 1024;

    private final ByteBuffer area;
    private final RecordSlots slots;
    private final RampSlots rampSlots;
    private final byte[] first = new byte[PIECE_BYTES];
    private final byte[] second = new byte[PIECE_BYTES];

    LoopBuffers(ByteBuffer area) {
        this.area = area;
        this.slots = new RecordSlots(area, RecordSlots.MAX_PAYLOAD);
        this.rampSlots = new RampSlots(area);
    }

    /** The whole buffer; its position and limit are whatever the last user left. */
    ByteBuffer area() {
        return area;
    }

    /** Reads once, from the start of the buffer on, at most so many bytes; returns what {@link TcpConnection#read} does. */
    int read(TcpConnection source, int maxBytes) {
        return source.read(area.clear().limit(Math.min(maxBytes, area.capacity())));
    }

    /**
     * The same memory, cut into records.
     *
     * @param ramp how long they may be next; null if they are full whenever they can be
     */
    RecordSlots slots(@Nullable RecordRamp ramp) {
        return ramp == null ? slots : rampSlots.next(ramp);
    }

    /**
     * Decrypts bytes of the buffer.
     *
     * @param from where they stand
     * @param to where the result goes; not behind {@code from}
     */
    void decrypt(ByteBuffer buffer, int from, int length, int to, AesCtr cipher) {
        for (int done = 0; done < length; ) {
            int piece = Math.min(length - done, PIECE_BYTES);
            buffer.get(from + done, first, 0, piece);
            cipher.transform(first, 0, piece, second, 0);
            buffer.put(to + done, second, 0, piece);
            done += piece;
        }
    }

    /**
     * Decrypts bytes of the buffer and encrypts them anew.
     *
     * @param from where they stand
     * @param to where the result goes; not behind {@code from}
     */
    void recrypt(ByteBuffer buffer, int from, int length, int to, AesCtr decrypt, AesCtr encrypt) {
        for (int done = 0; done < length; ) {
            int piece = Math.min(length - done, PIECE_BYTES);
            buffer.get(from + done, first, 0, piece);
            decrypt.transform(first, 0, piece, second, 0);
            encrypt.transform(second, 0, piece, first, 0);
            buffer.put(to + done, first, 0, piece);
            done += piece;
        }
    }
}
