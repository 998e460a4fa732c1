package io.github.mtgjava.internal.session;

import io.github.mtgjava.crypto.AesCtr;
import io.github.mtgjava.transport.framing.PacketWriter;
import java.nio.ByteBuffer;

/** Telegram to client with an ad tag: whole messages become packets of the client's transport, encrypted for it. */
final class MessageDownlink {

    private final Session session;
    private final PacketWriter packets;
    private final AesCtr cipher;
    private final boolean framed;

    /** With the state of the client's stream; {@code framed} if it speaks FakeTLS. */
    MessageDownlink(Session session, PacketWriter packets, AesCtr cipher, boolean framed) {
        this.session = session;
        this.packets = packets;
        this.cipher = cipher;
        this.framed = framed;
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
        buffer.begin(framed);
        put(buffer, packets.head());
        put(buffer, message);
        put(buffer, packets.tail());
        write(buffer);
        return true;
    }

    /** Sends a quick acknowledgement. */
    void acknowledge(int confirm) {
        AnswerBuffer buffer = session.context().answers();
        buffer.begin(framed);
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
