package io.github.mtgjava.internal.session;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.IpFamily;
import io.github.mtgjava.ProxyStats.Client;
import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.Transport;
import io.github.mtgjava.transport.nio.ConnectionHandler;
import io.github.mtgjava.transport.nio.EventLoop;
import io.github.mtgjava.transport.nio.TcpConnection;
import io.github.mtgjava.transport.nio.Timer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * One client connection from accept to close. It holds what outlives a phase, passes events on to the current
 * {@link Phase} and contains whatever that throws: a fault ends this session and touches no other.
 *
 * <pre>
 *  (from a trusted load balancer: ProxyHeading first)
 *
 *  HelloHandshake ─▶ TlsFrameHandshake ─┐                      (TLS secret)
 *  PlainHandshake ──────────────────────┴▶ Connecting ─▶ Relaying ─┐
 *        │ anything wrong                └▶ Multiplexing │          │ Telegram ended
 *        │                     (with an ad tag)   │      │ unreachable
 *        ▼                                        ▼      ▼          ▼
 *   CloakDialling ─▶ Cloaking ─▶ closed     Draining ◀──────────────┘
 *        │ no site, or unreachable             ▲ │
 *        ▼                                     │ ▼
 *     Sinking ─────────────────────────────────┘ closed
 * </pre>
 *
 * <p>Confined to its event loop.
 */
public final class Session implements ConnectionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final LoopContext context;
    private final long id;
    private final long acceptedAt;
    private final TcpConnection client;
    private final Timer timer = new Timer(this::onTimer);
    /** The socket's, until somebody who is trusted tells another one. */
    private InetSocketAddress clientAddress;
    /** Where the client came to, if that was told. */
    private @Nullable InetSocketAddress toldReached;
    /** Whether observers know of the session. */
    private boolean announced;

    private @Nullable Phase phase;
    /** Null until the client has proved that it knows the secret. */
    private @Nullable Client kind;

    private @Nullable RefusalReason refusal;

    private long fromClient;
    private long toClient;
    /** Whether its address counts it. */
    private boolean hasEntered;

    private boolean closed;

    private Session(LoopContext context, SocketChannel channel, long id) throws IOException {
        this.context = context;
        this.id = id;
        this.acceptedAt = context.loop().now();
        if (!(channel.getRemoteAddress() instanceof InetSocketAddress address)) {
            throw new IOException("the client is gone");
        }
        this.clientAddress = address;
        this.client = TcpConnection.open(context.loop(), channel, this, false);
    }

    /**
     * Begins a session on the context's loop, which owns the channel from here on.
     *
     * @throws IOException if the channel cannot be registered; it is the caller's to close then
     */
    public static void begin(LoopContext context, SocketChannel channel, long id) throws IOException {
        Session session = new Session(context, channel, id);
        context.add(session);
        session.guard(session::start);
    }

    private void start() {
        if (context.door().shuts(0) != null) {
            countRefused(RefusalReason.CONNECTION_LIMIT);
            close(CloseReason.REFUSED);
        } else if (context.config().isTrustedProxy(clientAddress.getAddress())) {
            become(new ProxyHeading(this));
        } else {
            beginHandshake(NOTHING);
        }
    }

    /**
     * It is known who the client is.
     *
     * @param in what it has sent so far
     */
    void beginHandshake(ByteBuffer in) {
        announce();
        InetAddress address = clientAddress.getAddress();
        int ofAddress = context.crowd().enter(address);
        hasEntered = true;
        RefusalReason crush = context.door().shuts(ofAddress);
        if (crush != null) {
            countRefused(crush);
            close(CloseReason.REFUSED);
            return;
        }
        RefusalReason flaw = context.door().refuses(address, ofAddress, phase != null);
        if (flaw != null) {
            refuse(flaw, Prelude.of(in), false);
        } else {
            Handshake first = Handshake.first(this);
            become(first);
            if (in.hasRemaining()) {
                first.onBytes(in);
            }
        }
    }

    /** Tells of the connection, once and before anything else is told of it. */
    private void announce() {
        if (!announced) {
            announced = true;
            context.observers().accepted(id, clientAddress);
        }
    }

    /** Somebody who is trusted speaks for the client. */
    void believe(InetSocketAddress source, InetSocketAddress destination) {
        clientAddress = source;
        toldReached = destination;
    }

    LoopContext context() {
        return context;
    }

    EventLoop loop() {
        return context.loop();
    }

    long id() {
        return id;
    }

    long acceptedAt() {
        return acceptedAt;
    }

    long age() {
        return loop().now() - acceptedAt;
    }

    TcpConnection client() {
        return client;
    }

    /** Whether the session is not over and still in that phase: answers from elsewhere may come too late. */
    boolean isIn(Phase asked) {
        return !closed && phase == asked;
    }

    /** Moves to the next phase. The timer is off until that phase sets it. */
    void become(Phase next) {
        if (closed) {
            throw new IllegalStateException("a session that is over begins nothing new");
        }
        if (phase != null) {
            phase.leave();
        }
        debug("phase").addKeyValue("phase", next.getClass().getSimpleName()).log("next phase");
        timer.cancel();
        phase = next;
        next.enter();
    }

    /** An address, of Telegram or of the cloaked site, did not answer. */
    void logCannotConnect(InetSocketAddress address, String error) {
        debug("cannot_connect")
                .addKeyValue("address", () -> address.getHostString() + " port " + address.getPort())
                .addKeyValue("cause", error)
                .log("an address does not answer");
    }

    private LoggingEventBuilder debug(String event) {
        return LOG.atDebug().addKeyValue("event", event).addKeyValue("conn", () -> Long.toHexString(id));
    }

    /** Sets the session's one timer. */
    void scheduleAt(long deadlineNanos) {
        loop().schedule(timer, deadlineNanos);
    }

    /** The client proved that it knows the secret. */
    void admit(Transport transport) {
        kind = new Client(transport, IpFamily.of(clientAddress.getAddress()));
        context.counters().add(kind, 1);
    }

    /** Where the client is: what the socket says, or whoever is trusted with that. */
    InetSocketAddress clientAddress() {
        return clientAddress;
    }

    /** Which address the client came to, from the same source. */
    InetSocketAddress reachedAddress() {
        if (toldReached != null) {
            return toldReached;
        }
        InetSocketAddress local = client.localAddress();
        // A socket that is gone has no address: the session is about to learn of it.
        return local != null ? local : clientAddress;
    }

    /** Whether {@link #reachedAddress} is what somebody told who is trusted. */
    boolean isReachedTold() {
        return toldReached != null;
    }

    /** Bytes read from the client so far. */
    long fromClient() {
        return fromClient;
    }

    /** Bytes written towards the client so far. */
    long toClient() {
        return toClient;
    }

    void countFromClient(int bytes) {
        fromClient += bytes;
        context.counters().countFromClients(bytes);
    }

    void countToClient(int bytes) {
        toClient += bytes;
        context.counters().countToClients(bytes);
    }

    /**
     * Does not let the client in. Where there is a site to cloak the client is shown that, else it meets silence: which,
     * does not depend on the reason. Only if strangers have taken all the memory that they may is the client closed at once.
     *
     * @param prelude everything the client sent
     * @param ended whether the client has ended its side
     */
    void refuse(RefusalReason reason, Prelude prelude, boolean ended) {
        countRefused(reason);
        if (context.origin() == null) {
            become(Sinking.withoutOrigin(this));
        } else if (prelude.length() > 0 && context.crowd().preludes().isFarUsedUp()) {
            close(CloseReason.REFUSED);
        } else {
            become(new CloakDialling(this, context.origin(), reason, prelude, ended));
        }
    }

    /** Does not let a client in that was already answered with a ServerHello: there is no going back to the site. */
    void refuseAfterFlight(RefusalReason reason) {
        countRefused(reason);
        become(Sinking.withoutOrigin(this));
    }

    private void countRefused(RefusalReason reason) {
        announce();
        context.counters().countRefused(reason);
        refusal = reason;
        context.observers().refused(id, clientAddress, reason);
    }

    /** Ends the session. More than once does nothing. */
    void close(CloseReason reason) {
        if (closed) {
            return;
        }
        closed = true;
        timer.cancel();
        try {
            if (phase != null) {
                phase.leave();
            }
        } finally {
            end(reason);
        }
    }

    private void end(CloseReason reason) {
        client.close();
        announce();
        if (hasEntered) {
            context.crowd().leave(clientAddress.getAddress());
        }
        if (kind != null) {
            context.counters().add(kind, -1);
        }
        // In this order: nobody who counts finds fewer connections than were accepted.
        context.counters().countClosed(reason);
        context.remove(this);
        context.observers()
                .closed(new ClientEnding(
                        id,
                        clientAddress,
                        kind != null,
                        Optional.ofNullable(refusal),
                        reason,
                        fromClient,
                        toClient,
                        Duration.ofNanos(age())));
    }

    /** Runs something that belongs to this session but is called from elsewhere. */
    void guard(Runnable action) {
        try {
            action.run();
        } catch (Throwable failure) {
            crash(failure);
        }
    }

    @Override
    public void onReadable(TcpConnection connection) {
        try {
            current().onReadable(connection);
        } catch (Throwable failure) {
            crash(failure);
        }
    }

    @Override
    public void onDrained(TcpConnection connection) {
        try {
            current().onDrained(connection);
        } catch (Throwable failure) {
            crash(failure);
        }
    }

    @Override
    public void onFailed(TcpConnection connection) {
        if (closed) {
            return;
        }
        try {
            current().onFailed(connection);
        } catch (Throwable failure) {
            crash(failure);
        }
    }

    private void onTimer() {
        try {
            current().onTimer();
        } catch (Throwable failure) {
            crash(failure);
        }
    }

    private Phase current() {
        if (phase == null) {
            throw new IllegalStateException("the session has not begun");
        }
        return phase;
    }

    /** Something that belongs to this session failed: it ends, and nothing else does. */
    void crash(Throwable failure) {
        context.crashed(failure);
        close(CloseReason.INTERNAL_ERROR);
    }
}
