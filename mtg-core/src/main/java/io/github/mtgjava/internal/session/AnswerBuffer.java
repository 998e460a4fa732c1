package io.github.mtgjava.internal.session;

import io.github.mtgjava.crypto.AesCtr;
import io.github.mtgjava.transport.faketls.RecordSlots;
import java.nio.ByteBuffer;

/**
 * The memory in which a loop encrypts the packets that come from middle proxies, and cuts them into TLS records for clients
 * that speak FakeTLS. Holds a few records; a longer packet passes through it in turns. What is in it is done with before
 * control returns to the loop.
 */
final class AnswerBuffer {

    private static final int RECORDS = 4;
    private static final int MAX_BYTES = RECORDS * RecordSlots.MAX_PAYLOAD;

    /** As in {@link LoopBuffers}: the cipher is fastest from one small array into another. */
    private static final int PIECE_BYTES = 8 * 1024;

    private final RecordSlots slots = new RecordSlots(
            ByteBuffer.allocateDirect(RECORDS * (RecordSlots.HEADER_BYTES + RecordSlots.MAX_PAYLOAD)),
            RecordSlots.MAX_PAYLOAD);
    private final ByteBuffer area = slots.area();
    private final byte[] plain = new byte[PIECE_BYTES];
    private final byte[] encrypted = new byte[PIECE_BYTES];
    private boolean framed;
    private int plainBytes;
    private int bytes;

    /** Starts empty, for a client that speaks FakeTLS or not. */
    void begin(boolean inRecords) {
        framed = inRecords;
        plainBytes = 0;
        bytes = 0;
    }

    /** Takes as much of the part as there is room for; if something remains, {@link #take} what there is first. */
    void put(ByteBuffer part, AesCtr cipher) {
        while (part.hasRemaining() && bytes + plainBytes < MAX_BYTES) {
            int room = Math.min(PIECE_BYTES - plainBytes, MAX_BYTES - bytes - plainBytes);
            int count = Math.min(part.remaining(), room);
            part.get(plain, plainBytes, count);
            plainBytes += count;
            if (plainBytes == PIECE_BYTES) {
                encrypt(cipher);
            }
        }
    }

    /** All that was put, encrypted, ready to be written at once. Then it is empty again. */
    ByteBuffer take(AesCtr cipher) {
        encrypt(cipher);
        int taken = bytes;
        bytes = 0;
        return framed ? slots.seal(taken) : area.clear().limit(taken);
    }

    private void encrypt(AesCtr cipher) {
        cipher.transform(plain, 0, plainBytes, encrypted, 0);
        for (int done = 0; done < plainBytes; ) {
            int inRecord = framed ? bytes % RecordSlots.MAX_PAYLOAD : 0;
            int at = framed ? slots.payloadOffset(bytes / RecordSlots.MAX_PAYLOAD) + inRecord : bytes;
            int count = framed ? Math.min(plainBytes - done, RecordSlots.MAX_PAYLOAD - inRecord) : plainBytes;
            area.clear().put(at, encrypted, done, count);
            done += count;
            bytes += count;
        }
        plainBytes = 0;
    }
}
