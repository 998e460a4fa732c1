package io.github.mtgjava.internal.telegram.link;

import io.github.mtgjava.IpFamily;
import io.github.mtgjava.LinkCloseReason;
import io.github.mtgjava.ProxyStats.Telegram;
import io.github.mtgjava.transport.middleproxy.FrameReader;
import io.github.mtgjava.transport.middleproxy.Rpc;
import io.github.mtgjava.transport.middleproxy.RpcReader;
import io.github.mtgjava.transport.nio.ConnectionHandler;
import io.github.mtgjava.transport.nio.EventLoop;
import io.github.mtgjava.transport.nio.TcpConnection;
import io.github.mtgjava.transport.nio.Timer;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An open connection to a middle proxy and the clients on it. Telegram's answers are handed to their clients as they come;
 * who does not take them is the client's affair, as long as all of them together stay below a bound. Its end ends no
 * client.
 */
final class Link implements ConnectionHandler {

    /** Held for Telegram: above it, the clients are not read. */
    static final int HIGH_WATER = 1 << 20;

    private static final long TICK_NANOS = Duration.ofSeconds(1).toNanos();

    private static final Logger LOG = LoggerFactory.getLogger(Link.class);

    private final LinkGroup group;
    private final long number;
    private final TcpConnection connection;
    private final InetSocketAddress address;
    private final Telegram kind;
    private final FrameReader frames;
    private final RpcReader rpc = new RpcReader();
    private final LinkWriter writer;
    private final LinkHealth health;
    private final LinkBallast ballast;
    private final long openedAt;
    private final Map<Long, Seat> seats = new HashMap<>();
    private final ArrayDeque<Seat> awaitingRoom = new ArrayDeque<>();
    private final StrangerIds strangers = new StrangerIds();
    private final Timer timer = new Timer(this::onTick);
    private boolean servesRow;
    private boolean proven;
    private boolean closed;

    /** On a connection that is past its handshake. */
    Link(LinkGroup group, TcpConnection connection, InetSocketAddress address, FrameReader frames, LinkWriter writer) {
        LinkEnvironment environment = group.pool().environment();
        this.group = group;
        this.number = environment.linkNumbers().incrementAndGet();
        this.connection = connection;
        this.address = address;
        this.kind = new Telegram(Math.abs(group.dc()), IpFamily.of(address.getAddress()));
        this.frames = frames;
        this.writer = writer;
        this.openedAt = loop().now();
        this.health = new LinkHealth(environment.settings().idleTimeout(), openedAt);
        this.ballast = new LinkBallast(connection, seats.values());
        loop().schedule(timer, openedAt + TICK_NANOS);
    }

    long number() {
        return number;
    }

    InetSocketAddress address() {
        return address;
    }

    Telegram kind() {
        return kind;
    }

    int clients() {
        return seats.size();
    }

    /** Whether it has answered anybody, or at least stood for a while. One that ends before that is as good as one that failed. */
    boolean isProven() {
        return proven;
    }

    private void prove() {
        if (!proven) {
            proven = true;
            group.onProven();
        }
    }

    /** Writes; a link on which that went wrong has ended, as what follows would not be understood. */
    void write(Consumer<LinkWriter> content) {
        try {
            content.accept(writer);
        } catch (Throwable halfWritten) {
            close(LinkCloseReason.BAD_FRAME);
            throw halfWritten;
        }
    }

    /** The same for a word of our own: going wrong harms nobody but the link. */
    private void tell(ByteBuffer payload) {
        try {
            write(to -> to.writeNow(payload));
        } catch (Throwable fault) {
            group.pool().environment().observer().crashed(fault);
        }
    }

    void add(Seat seat) {
        long id = group.pool().environment().connectionIds().next();
        seat.sitDown(this, id);
        seats.put(id, seat);
        group.pool().counters().addClients(1);
    }

    /** The client has gone; Telegram is told, if it knows it at all. */
    void remove(Seat seat) {
        forget(seat);
        awaitingRoom.remove(seat);
        seat.standUp();
        if (seat.hasSent() && !closed) {
            strangers.told(seat.connectionId(), loop().now());
            tell(Rpc.closeConnection(seat.connectionId()));
        }
    }

    private void forget(Seat seat) {
        seats.remove(seat.connectionId());
        group.pool().counters().addClients(-1);
        if (seats.isEmpty()) {
            health.onUnused(loop().now());
        }
    }

    /** Whether so much is held for Telegram that its clients should not be read. */
    boolean isFull() {
        return connection.pending() > HIGH_WATER;
    }

    /** Whether somebody may send now: there is room, and nobody who has been waiting for it for longer. */
    boolean hasRoom() {
        return !isFull() && (servesRow || awaitingRoom.isEmpty());
    }

    /** Puts a client into the row of those that are told when there is room. */
    void callWhenRoom(Seat seat) {
        awaitingRoom.add(seat);
    }

    @Override
    public void onReadable(TcpConnection readable) {
        ByteBuffer area = loop().readBuffer().clear();
        int bytesRead = connection.read(area);
        if (bytesRead > 0) {
            consume(area.flip());
        } else if (bytesRead == TcpConnection.END_OF_STREAM) {
            close(LinkCloseReason.CLOSED_BY_TELEGRAM);
        }
    }

    /** Takes apart what Telegram sent. */
    void consume(ByteBuffer in) {
        health.onHeard(loop().now());
        while (!closed) {
            switch (frames.read(in)) {
                case FRAME -> onPayload(frames.payload());
                case REJECTED -> close(LinkCloseReason.BAD_FRAME);
                case NEED_INPUT -> {
                    ballast.check(loop().now());
                    if (ballast.isReadingPaused()) {
                        lookAgain();
                    }
                    return;
                }
            }
        }
    }

    private void onPayload(ByteBuffer payload) {
        switch (rpc.read(payload)) {
            case ANSWER -> onAnswer(payload);
            case SIMPLE_ACK -> onQuickAck();
            case CLOSE_EXT, CLOSE_CONN -> onCloseExt();
            case PING -> answerPing();
            case PONG -> {}
            case UNKNOWN, MALFORMED ->
                LOG.atDebug()
                        .addKeyValue("event", "link_payload_skipped")
                        .addKeyValue("link", number)
                        .log("a middle proxy sent something that is not understood");
        }
    }

    private void onAnswer(ByteBuffer payload) {
        Seat seat = seats.get(rpc.id());
        if (seat == null) {
            onStranger(rpc.id());
            return;
        }
        prove();
        seat.client().onAnswer(payload);
        ballast.onAnswered(seat);
    }

    private void onQuickAck() {
        Seat seat = seats.get(rpc.id());
        if (seat == null) {
            onStranger(rpc.id());
        } else {
            seat.client().onQuickAck(rpc.confirm());
            ballast.onAnswered(seat);
        }
    }

    private void onCloseExt() {
        Seat seat = seats.get(rpc.id());
        if (seat != null) {
            forget(seat);
            seat.dismiss();
            seat.client().onClosedByTelegram();
            group.onPlaceFreed();
        }
    }

    /** At once, but who asks without end and takes no answer shall not have us hold them all. */
    private void answerPing() {
        if (connection.pending() <= 2 * HIGH_WATER) {
            tell(Rpc.pong(rpc.id()));
        }
    }

    private void onStranger(long id) {
        if (!isFull() && strangers.mayTell(id, loop().now())) {
            tell(Rpc.closeConnection(id));
        }
    }

    /** In turn: who is told first may fill it again, the others keep their places in the row. */
    @Override
    public void onDrained(TcpConnection drained) {
        servesRow = true;
        try {
            for (Seat next = awaitingRoom.poll(); next != null; next = isFull() ? null : awaitingRoom.poll()) {
                if (next.takeRoom(this)) {
                    next.client().onReady();
                }
            }
        } finally {
            servesRow = false;
        }
    }

    @Override
    public void onFailed(TcpConnection failed) {
        close(group.pool().isClosed() ? LinkCloseReason.PROXY_STOPPED : LinkCloseReason.RESET);
    }

    private void onTick() {
        long now = loop().now();
        // First of all: there is a next time, whatever goes wrong.
        lookAgain();
        prove();
        frames.trim();
        ballast.relieve(now);
        switch (health.examine(connection, !seats.isEmpty(), ballast.isReadingPaused(), now)) {
            case WELL -> {}
            case SILENT -> tell(Rpc.ping(number));
            case IDLE -> close(LinkCloseReason.IDLE);
            case STALLED -> close(LinkCloseReason.STALLED);
        }
    }

    private void lookAgain() {
        loop().schedule(timer, loop().now() + ballast.nanosToLook(TICK_NANOS));
    }

    /** Ends it, and sends its clients looking for another one. More than once does nothing. */
    void close(LinkCloseReason reason) {
        if (closed) {
            return;
        }
        closed = true;
        timer.cancel();
        connection.close();
        writer.discard();
        List<Seat> homeless = List.copyOf(seats.values());
        homeless.forEach(this::forget);
        homeless.forEach(Seat::standUp);
        awaitingRoom.clear();
        group.onClosed(this, reason, homeless, loop().now() - openedAt);
    }

    private EventLoop loop() {
        return group.pool().loop();
    }
}
