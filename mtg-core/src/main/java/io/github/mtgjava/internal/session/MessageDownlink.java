package io.github.mtgjava.internal.session;

import io.github.mtgjava.crypto.AesCtr;
import io.github.mtgjava.transport.faketls.RecordRamp;
import io.github.mtgjava.transport.framing.PacketWriter;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Telegram to client with an ad tag: whole messages become packets of the client's transport, encrypted for it. */
final class MessageDownlink {

    private final Session session;
    private final PacketWriter packets;
    private final AesCtr cipher;
    private final boolean framed;
    private final @Nullable RecordRamp ramp;

    /**
     * With the state of the client's stream.
     *
     * @param framed if it speaks FakeTLS
     * @param ramp how long its records may be; null if they are full whenever they can be
     */
    MessageDownlink(Session session, PacketWriter packets, AesCtr cipher, boolean framed, @Nullable RecordRamp ramp) {
        this.session = session;
        this.packets = packets;
        this.cipher = cipher;
        this.framed = framed;
        this.ramp = ramp;
    }

    /**
     * Sends a message.
     *
     * @return false if the client's transport cannot carry it
     */
    boolean send(ByteBuffer message) {
        if (packets.begin(message.remaining()) < 0) {
            return false;
        }
        AnswerBuffer buffer = session.context().answers();
        buffer.begin(framed, ramp);
        put(buffer, packets.head());
        put(buffer, message);
        put(buffer, packets.tail());
        write(buffer);
        return true;
    }

    /** Sends a quick acknowledgement. */
    void acknowledge(int confirm) {
        AnswerBuffer buffer = session.context().answers();
        buffer.begin(framed, ramp);
        put(buffer, packets.ack(confirm));
        write(buffer);
    }

    private void put(AnswerBuffer buffer, ByteBuffer part) {
        buffer.put(part, cipher);
        while (part.hasRemaining()) {
            write(buffer);
            buffer.put(part, cipher);
        }
    }

    private void write(AnswerBuffer buffer) {
        ByteBuffer bytes = buffer.take(cipher);
        session.countToClient(bytes.remaining());
        session.client().write(bytes);
    }
}
