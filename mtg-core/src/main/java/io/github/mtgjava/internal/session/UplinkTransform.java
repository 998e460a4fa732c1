package io.github.mtgjava.internal.session;

import io.github.mtgjava.crypto.AesCtr;
import io.github.mtgjava.transport.faketls.RecordReader;
import io.github.mtgjava.transport.nio.TcpConnection;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Client to Telegram: takes the payload out of the TLS records, if there are any, decrypts what the client encrypted and
 * encrypts it for Telegram. Payloads close ranks in the buffer they were read into.
 */
final class UplinkTransform implements Transform {

    private static final int MALFORMED = -1;

    private final LoopBuffers buffers;
    /** Null if the client does not speak FakeTLS. */
    private final @Nullable RecordReader records;

    private final AesCtr decrypt;
    private final AesCtr encrypt;

    UplinkTransform(LoopBuffers buffers, @Nullable RecordReader records, AesCtr decrypt, AesCtr encrypt) {
        this.buffers = buffers;
        this.records = records;
        this.decrypt = decrypt;
        this.encrypt = encrypt;
    }

    @Override
    public int read(TcpConnection source, int maxBytes) {
        return buffers.read(source, maxBytes);
    }

    @Override
    public @Nullable ByteBuffer transform(int bytesRead) {
        return transform(0, bytesRead);
    }

    /** Transforms what stands in the buffer between these two; what stands before {@code start} is written as it is. */
    @Nullable
    ByteBuffer transform(int start, int end) {
        ByteBuffer area = buffers.area();
        area.limit(end).position(start);
        int transformedEnd = records == null ? unframed(area) : unframe(area, records);
        return transformedEnd == MALFORMED ? null : area.limit(transformedEnd).position(0);
    }

    private int unframed(ByteBuffer area) {
        buffers.recrypt(area, area.position(), area.remaining(), area.position(), decrypt, encrypt);
        return area.limit();
    }

    private int unframe(ByteBuffer area, RecordReader reader) {
        int end = area.position();
        for (int payload = reader.next(area); payload != 0; payload = reader.next(area)) {
            if (payload == RecordReader.REJECTED) {
                return MALFORMED;
            }
            int from = area.position();
            buffers.recrypt(area, from, payload, end, decrypt, encrypt);
            area.position(from + payload);
            end += payload;
        }
        return end;
    }
}
