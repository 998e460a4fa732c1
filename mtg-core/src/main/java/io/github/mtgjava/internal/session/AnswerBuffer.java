package io.github.mtgjava.internal.session;

import io.github.mtgjava.crypto.AesCtr;
import io.github.mtgjava.transport.faketls.RampSlots;
import io.github.mtgjava.transport.faketls.RecordRamp;
import io.github.mtgjava.transport.faketls.RecordSlots;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The memory in which a loop encrypts the packets that come from middle proxies, and cuts them into TLS records for clients
 * that speak FakeTLS. Holds a few records; a longer packet passes through it in turns. What is in it is done with before
 * control returns to the loop.
 */
final class AnswerBuffer {

    private static final int RECORDS = 4;

    /** As in {@link LoopBuffers}: the cipher is fastest from one small array into another. */
    private static final int PIECE_BYTES = 8 * 1024;

    private final ByteBuffer area =
            ByteBuffer.allocateDirect(RECORDS * (RecordSlots.HEADER_BYTES + RecordSlots.MAX_PAYLOAD));
    private final RecordSlots fullSlots = new RecordSlots(area, RecordSlots.MAX_PAYLOAD);
    private final RampSlots rampSlots = new RampSlots(area);
    private final byte[] plain = new byte[PIECE_BYTES];
    private final byte[] encrypted = new byte[PIECE_BYTES];
    private boolean framed;
    private @Nullable RecordRamp ramp;

    /** How the area is cut, if at all, and the first slot that is not full. */
    private RecordSlots slots = fullSlots;

    private int slot;
    private int plainBytes;
    private int bytes;

    /**
     * Starts empty, for one client.
     *
     * @param inRecords whether it speaks FakeTLS
     * @param recordRamp how long its records may be; null if they are full whenever they can be
     */
    void begin(boolean inRecords, @Nullable RecordRamp recordRamp) {
        framed = inRecords;
        ramp = recordRamp;
        plainBytes = 0;
        bytes = 0;
    }

    /** Takes as much of the part as there is room for; if something remains, {@link #take} what there is first. */
    void put(ByteBuffer part, AesCtr cipher) {
        if (bytes + plainBytes == 0) {
            cut();
        }
        while (part.hasRemaining() && bytes + plainBytes < slots.capacity()) {
            int room = Math.min(PIECE_BYTES - plainBytes, slots.capacity() - bytes - plainBytes);
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
        ByteBuffer answer = framed ? slots.seal(taken) : area.clear().limit(taken);
        if (ramp != null) {
            ramp.sent((answer.remaining() - taken) / RecordSlots.HEADER_BYTES);
        }
        return answer;
    }

    private void cut() {
        slots = ramp == null ? fullSlots : rampSlots.next(ramp);
        slots.arm(slots.capacity());
        slot = 0;
        area.clear();
    }

    private void encrypt(AesCtr cipher) {
        cipher.transform(plain, 0, plainBytes, encrypted, 0);
        for (int done = 0; done < plainBytes; ) {
            ByteBuffer target = framed ? slots.views()[slot] : area;
            int count = Math.min(plainBytes - done, target.remaining());
            target.put(encrypted, done, count);
            done += count;
            slot += target.hasRemaining() ? 0 : 1;
        }
        bytes += plainBytes;
        plainBytes = 0;
    }
}
