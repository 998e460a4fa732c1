package io.github.mtgjava.internal.session;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.SecretType;
import io.github.mtgjava.Transport;
import io.github.mtgjava.internal.telegram.link.LinkPool;
import io.github.mtgjava.transport.faketls.RecordReader;
import io.github.mtgjava.transport.nio.TcpConnection;
import io.github.mtgjava.transport.obfuscated2.ClientFrame;
import io.github.mtgjava.transport.obfuscated2.DcId;
import io.github.mtgjava.transport.obfuscated2.ProtocolTag;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Reading a client's handshake, whatever its kind, against one deadline that counts from when it was accepted. */
abstract class Handshake extends Phase {

    /** Bound on one read, and with it on what a client can make us keep that is not part of its handshake. */
    private static final int MAX_READ_BYTES = 16 * 1024;

    /** Half of a genuine hello is not so long, and it comes in two packets: whoever has sent no more may go on in any case. */
    private static final int ORDINARY_BYTES = 2048;

    /** Of the memory for preludes. */
    private int takenBytes;

    Handshake(Session session) {
        super(session);
    }

    /** The phase a new session starts in. */
    static Handshake first(Session session) {
        return session.context().keyring().type() == SecretType.TLS
                ? new HelloHandshake(session)
                : new PlainHandshake(session);
    }

    @Override
    void enter() {
        session.context().counters().add(Counter.HANDSHAKES, 1);
        session.scheduleAt(session.acceptedAt()
                + session.context().config().handshakeTimeout().toNanos());
    }

    @Override
    final void leave() {
        session.context().counters().add(Counter.HANDSHAKES, -1);
        session.context().crowd().preludes().giveBack(takenBytes);
        takenBytes = 0;
    }

    /** The rest has yet to come: so long what has come is kept, unless too many make us do that. */
    final void keep(Prelude prelude) {
        PreludeMemory memory = session.context().crowd().preludes();
        memory.take(prelude.heldBytes() - takenBytes);
        takenBytes = prelude.heldBytes();
        if (memory.isUsedUp() && prelude.length() > ORDINARY_BYTES) {
            refuse(RefusalReason.MEMORY_SHORT);
        }
    }

    @Override
    final void onReadable(TcpConnection client) {
        LoopBuffers buffers = session.context().buffers();
        int bytesRead = buffers.read(client, MAX_READ_BYTES);
        if (bytesRead == TcpConnection.END_OF_STREAM) {
            refuse(RefusalReason.TRUNCATED, true);
        } else if (bytesRead > 0) {
            session.countFromClient(bytesRead);
            onBytes(buffers.area().flip());
        }
    }

    @Override
    final void onFailed(TcpConnection client) {
        session.close(CloseReason.CLIENT_RESET);
    }

    @Override
    final void onTimer() {
        refuse(RefusalReason.HANDSHAKE_TIMEOUT, false);
    }

    /** The client sent this; the buffer is the loop's. */
    abstract void onBytes(ByteBuffer in);

    /** Refuses in the way of this kind of handshake. */
    abstract void refuse(RefusalReason reason, boolean ended);

    final void refuse(RefusalReason reason) {
        refuse(reason, false);
    }

    /** With a simple secret a client may choose its transport, with all others there is one. */
    static boolean isAllowed(ProtocolTag tag, SecretType type) {
        return type == SecretType.SIMPLE || tag == ProtocolTag.PADDED_INTERMEDIATE;
    }

    private static Transport transport(ProtocolTag tag) {
        return switch (tag) {
            case ABRIDGED -> Transport.ABRIDGED;
            case INTERMEDIATE -> Transport.INTERMEDIATE;
            case PADDED_INTERMEDIATE -> Transport.PADDED_INTERMEDIATE;
        };
    }

    /**
     * The client is in.
     *
     * @param records takes the client's records apart; null without FakeTLS
     * @param carry what the client sent behind its frame, as it came from the socket
     */
    final void admit(ClientFrame frame, @Nullable RecordReader records, byte[] carry) {
        DcId dc = frame.dc();
        Transport transport = transport(frame.tag());
        session.admit(transport);
        session.context()
                .observers()
                .handshakeDone(new ClientAdmission(
                        session.id(),
                        session.clientAddress(),
                        session.context().keyring().type(),
                        transport,
                        dc.signed(),
                        Duration.ofNanos(session.age())));
        LinkPool links = session.context().links();
        session.become(
                links == null
                        ? new Connecting(session, frame, records, carry)
                        : new Multiplexing(session, links, frame, records, carry));
    }

    static byte[] rest(ByteBuffer in) {
        byte[] rest = new byte[in.remaining()];
        in.get(rest);
        return rest;
    }
}
