package io.github.mtgjava.internal.session;

import io.github.mtgjava.crypto.AesCtr;
import io.github.mtgjava.transport.faketls.RecordRamp;
import io.github.mtgjava.transport.faketls.RecordSlots;
import io.github.mtgjava.transport.nio.TcpConnection;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Telegram to client, whenever something has to be done: decrypting and encrypting anew, unless the keys make that
 * superfluous, and cutting into TLS records, if the client speaks FakeTLS. Records are read into place: the payload is
 * never copied.
 */
final class DownlinkTransform implements Transform {

    /** How the two ciphers follow each other. */
    record Ciphers(AesCtr decrypt, AesCtr encrypt) {}

    private final LoopBuffers buffers;
    private final boolean framed;
    /** Null if records are full whenever they can be. */
    private final @Nullable RecordRamp ramp;

    private final @Nullable Ciphers ciphers;

    DownlinkTransform(LoopBuffers buffers, boolean framed, @Nullable RecordRamp ramp, @Nullable Ciphers ciphers) {
        this.buffers = buffers;
        this.framed = framed;
        this.ramp = ramp;
        this.ciphers = ciphers;
    }

    @Override
    public int read(TcpConnection source, int maxBytes) {
        if (framed) {
            RecordSlots slots = buffers.slots(ramp);
            int count = slots.arm(maxBytes);
            return source.read(slots.views(), count);
        }
        return buffers.read(source, maxBytes);
    }

    @Override
    public ByteBuffer transform(int bytesRead) {
        ByteBuffer area = buffers.area();
        if (!framed) {
            area.clear();
            recrypt(area, 0, bytesRead);
            return area.limit(bytesRead);
        }
        RecordSlots slots = buffers.slots(ramp);
        if (ciphers != null) {
            area.clear();
            for (int slot = 0, rest = bytesRead; rest > 0; slot++) {
                int length = slots.payloadBytes(slot, rest);
                recrypt(area, slots.payloadOffset(slot), length);
                rest -= length;
            }
        }
        ByteBuffer records = slots.seal(bytesRead);
        if (ramp != null) {
            ramp.sent((records.remaining() - bytesRead) / RecordSlots.HEADER_BYTES);
        }
        return records;
    }

    private void recrypt(ByteBuffer area, int from, int length) {
        if (ciphers != null) {
            buffers.recrypt(area, from, length, from, ciphers.decrypt(), ciphers.encrypt());
        }
    }
}
