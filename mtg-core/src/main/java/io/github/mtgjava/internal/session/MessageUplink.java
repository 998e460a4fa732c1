package io.github.mtgjava.internal.session;

import io.github.mtgjava.crypto.AesCtr;
import io.github.mtgjava.internal.telegram.link.Seat;
import io.github.mtgjava.transport.faketls.RecordReader;
import io.github.mtgjava.transport.framing.PacketReader;
import io.github.mtgjava.transport.middleproxy.ProxyRequest;
import io.github.mtgjava.transport.nio.TcpConnection;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Client to Telegram with an ad tag: what the client sends is taken out of its TLS records, if there are any, decrypted and
 * cut into messages. Only whole and valid ones reach the link, since a link that began a message would have to wait for the
 * rest of it; the beginning of one that is not complete is kept with the connection.
 */
final class MessageUplink {

    private final LoopBuffers buffers;
    private final TcpConnection client;
    /** Null if the client does not speak FakeTLS. */
    private final @Nullable RecordReader records;

    private final AesCtr cipher;
    private final PacketReader packets;
    private final ProxyRequest request;

    /** What became of what the client sent. */
    enum Outcome {
        /** All of it is on its way, or is the beginning of a message. */
        GOOD,
        /** It is not made of application-data records. */
        BAD_RECORD,
        /** It is not made of messages. */
        BAD_PACKET,
        /** There is no memory for the beginning of another message. */
        BUFFERS_FULL
    }

    MessageUplink(
            Session session,
            @Nullable RecordReader records,
            AesCtr cipher,
            PacketReader packets,
            ProxyRequest request) {
        this.buffers = session.context().buffers();
        this.client = session.client();
        this.records = records;
        this.cipher = cipher;
        this.packets = packets;
        this.request = request;
    }

    /** Takes what stands in the loop's buffer from 0 to {@code bytes}, and sends the messages in it. */
    Outcome accept(int bytes, Seat seat) {
        ByteBuffer area = buffers.area();
        area.limit(bytes).position(0);
        int end = records == null ? decrypt(area) : unframe(area, records);
        if (end < 0) {
            return Outcome.BAD_RECORD;
        }
        try {
            return cut(area.limit(end).position(0), seat);
        } finally {
            seat.flush();
        }
    }

    private int decrypt(ByteBuffer area) {
        buffers.decrypt(area, 0, area.limit(), 0, cipher);
        return area.limit();
    }

    /** Payloads close ranks, so that a message cut by records is whole again. */
    private int unframe(ByteBuffer area, RecordReader reader) {
        int end = 0;
        for (int payload = reader.next(area); payload != 0; payload = reader.next(area)) {
            if (payload == RecordReader.REJECTED) {
                return -1;
            }
            buffers.decrypt(area, area.position(), payload, end, cipher);
            area.position(area.position() + payload);
            end += payload;
        }
        return end;
    }

    private Outcome cut(ByteBuffer area, Seat seat) {
        int end = area.limit();
        for (int count = packets.next(area); count != 0; count = packets.next(area)) {
            if (count == PacketReader.REJECTED) {
                return Outcome.BAD_PACKET;
            }
            area.limit(area.position() + count);
            if (packets.isComplete() && client.keptInput().bytes() == 0) {
                seat.send(request, packets.quickAck(), area);
            } else if (!client.keepInput(area)) {
                return Outcome.BUFFERS_FULL;
            } else if (packets.isComplete()) {
                seat.send(request, packets.quickAck(), client.keptInput());
                client.dropInput();
            }
            area.limit(end);
        }
        return Outcome.GOOD;
    }

    /** Forgets the beginning of a message. */
    void clear() {
        client.dropInput();
    }
}
