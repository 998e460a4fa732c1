package io.github.mtgjava.internal.session;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.RejectReason;
import io.github.mtgjava.transport.nio.TcpConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SocketChannel;

/**
 * A refused client is shown the cloaked site: raw bytes both ways, FIN answered by FIN, a reset by a reset. No cap on
 * time or volume: only the idle time-out ends it, as it would end a session with Telegram.
 */
final class Cloaking extends RelayPhase {

    /** Small, as strangers are not to take much of our memory. */
    private static final int READ_BYTES = 16 * 1024;

    private final RejectReason reason;
    private final Prelude prelude;
    private final boolean clientEnded;

    private Cloaking(Session session, TcpConnection origin, RejectReason reason, Prelude prelude, boolean clientEnded) {
        super(
                session,
                origin,
                verbatim(session, session.client(), origin),
                verbatim(session, origin, session.client()));
        this.reason = reason;
        this.prelude = prelude;
        this.clientEnded = clientEnded;
    }

    static Cloaking begin(
            Session session, SocketChannel channel, RejectReason reason, Prelude prelude, boolean clientEnded) {
        try {
            TcpConnection origin = TcpConnection.open(session.loop(), channel, session, false);
            return new Cloaking(session, origin, reason, prelude, clientEnded);
        } catch (IOException failure) {
            throw new UncheckedIOException("a socket that had just connected cannot be registered", failure);
        }
    }

    private static Pipe verbatim(Session session, TcpConnection source, TcpConnection sink) {
        VerbatimTransform transform = new VerbatimTransform(session.context().buffers());
        return new Pipe(source, sink, transform, READ_BYTES, READ_BYTES);
    }

    @Override
    void enter() {
        super.enter();
        session.context().counters().add(Counter.CLOAKED, 1);
        session.context().observers().cloaked(session.id(), reason);
        if (prelude.length() > 0) {
            upstream.write(prelude.view());
        }
        if (clientEnded) {
            up().end();
        } else {
            session.client().resumeReading();
        }
    }

    @Override
    void onEnded(TcpConnection connection) {}

    @Override
    void onFailed(TcpConnection connection) {
        (connection == session.client() ? upstream : session.client()).reset();
        session.close(CloseReason.REFUSED);
    }

    @Override
    long idleNanos() {
        return session.context().config().idleTimeout().toNanos();
    }

    @Override
    CloseReason idleReason() {
        return CloseReason.REFUSED;
    }

    @Override
    CloseReason doneReason() {
        return CloseReason.REFUSED;
    }

    @Override
    void leave() {
        super.leave();
        session.context().counters().add(Counter.CLOAKED, -1);
    }
}
