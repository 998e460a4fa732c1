package io.github.mtgjava.internal.session;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.transport.nio.TcpConnection;
import io.github.mtgjava.transport.proxyprotocol.ProxiedConnection;
import io.github.mtgjava.transport.proxyprotocol.ProxyHeader;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * A refused client is shown the cloaked site: raw bytes both ways, FIN answered by FIN, a reset by a reset. No cap on
 * time or volume: only the idle time-out ends it, as it would end a session with Telegram.
 */
final class Cloaking extends RelayPhase {

    /** Small, as strangers are not to take much of our memory. */
    private static final int READ_BYTES = 16 * 1024;

    private final RefusalReason reason;
    private final long startedAt;
    /** Emptied as soon as it is written: sessions live long. */
    private Prelude prelude;

    private final boolean clientEnded;

    Cloaking(Session session, TcpConnection origin, RefusalReason reason, Prelude prelude, boolean clientEnded) {
        super(
                session,
                origin,
                verbatim(session, session.client(), origin),
                verbatim(session, origin, session.client()));
        this.reason = reason;
        this.startedAt = session.loop().now();
        this.prelude = prelude;
        this.clientEnded = clientEnded;
    }

    private static Pipe verbatim(Session session, TcpConnection source, TcpConnection sink) {
        VerbatimTransform transform = new VerbatimTransform(session.context().buffers());
        return new Pipe(source, sink, transform, READ_BYTES, READ_BYTES);
    }

    @Override
    void enter() {
        session.context().counters().add(Counter.CLOAKED, 1);
        super.enter();
        session.context().counters().countCloaking(reason);
        session.context().observers().cloaked(session.id(), reason);
        if (session.context().config().cloakProxyProtocol()) {
            upstream.write(ByteBuffer.wrap(visitor()));
        }
        if (prelude.length() > 0) {
            upstream.write(prelude.view());
            prelude = Prelude.empty();
        }
        if (clientEnded) {
            up().end();
        } else {
            session.client().resumeReading();
        }
    }

    /** Tells the site who its visitor is. */
    private byte[] visitor() {
        return ProxyHeader.of(
                new ProxiedConnection(Ends.of(session.clientAddress()), Ends.of(session.reachedAddress())));
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
        session.context()
                .observers()
                .cloakEnded(
                        session.id(),
                        reason,
                        session.fromClient(),
                        session.toClient(),
                        Duration.ofNanos(session.loop().now() - startedAt));
    }
}
