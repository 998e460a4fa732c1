package io.github.mtgjava.internal.session;

import io.github.mtgjava.AdTag;
import io.github.mtgjava.CloseReason;
import io.github.mtgjava.internal.ProxyConfig;
import io.github.mtgjava.internal.session.MessageUplink.Outcome;
import io.github.mtgjava.internal.telegram.link.LinkClient;
import io.github.mtgjava.internal.telegram.link.LinkPool;
import io.github.mtgjava.internal.telegram.link.Seat;
import io.github.mtgjava.transport.faketls.RecordReader;
import io.github.mtgjava.transport.framing.PacketReader;
import io.github.mtgjava.transport.framing.PacketWriter;
import io.github.mtgjava.transport.middleproxy.ProxyRequest;
import io.github.mtgjava.transport.nio.TcpConnection;
import io.github.mtgjava.transport.obfuscated2.ClientFrame;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An admitted client and Telegram talk through a middle proxy, over a link that the client shares with others: see {@link
 * LinkPool}. The client is not read while it has no link, or while its link is full. When its link ends it goes on with
 * another one and notices nothing, except that what was under way has to be asked for again, which clients do.
 */
final class Multiplexing extends Phase implements LinkClient {

    private static final byte[] NOTHING = new byte[0];

    /** A turn of one of many clients of a link. */
    private static final int MAX_READ_BYTES = 64 * 1024;

    private final LinkPool links;
    private final ClientFrame frame;
    private final MessageUplink uplink;
    private final MessageDownlink downlink;
    private final ReadingPace pace;
    private final long startedAt;
    /** What the client sent behind its frame, as it came from the socket, until it can be sent. */
    private byte[] carry;

    private @Nullable Seat seat;
    private boolean begun;
    private long lastActivity;
    private long lastFlushed;

    /**
     * For a client that is let in.
     *
     * @param records takes the client's records apart; null without FakeTLS
     * @param carry what the client sent behind its frame, as it came from the socket
     */
    Multiplexing(Session session, LinkPool links, ClientFrame frame, @Nullable RecordReader records, byte[] carry) {
        super(session);
        LoopContext context = session.context();
        ProxyConfig config = context.config();
        this.links = links;
        this.frame = frame;
        this.carry = carry;
        this.startedAt = session.loop().now();
        this.pace = new ReadingPace(session.client());
        PacketReader packets =
                new PacketReader(frame.tag(), config.middleProxies().maxMessageBytes());
        this.uplink = new MessageUplink(session, records, frame.uplink(), packets, request(session, links, frame));
        boolean framed = records != null;
        this.downlink = new MessageDownlink(
                session,
                new PacketWriter(frame.tag(), context.noise()),
                frame.downlink(),
                framed,
                framed ? context.recordRamp() : null);
    }

    /** What every request says of this client: who it is, and which address of ours it came to. */
    private static ProxyRequest request(Session session, LinkPool links, ClientFrame frame) {
        InetSocketAddress client = session.clientAddress();
        InetSocketAddress reached = session.reachedAddress();
        InetAddress ours = asTheWorldSees(reached.getAddress(), session, links);
        AdTag tag = Objects.requireNonNull(session.context().config().adTag(), "links are for ad tags");
        return new ProxyRequest(
                frame.tag(),
                client.getAddress().getAddress(),
                client.getPort(),
                ours.getAddress(),
                reached.getPort(),
                tag.bytes());
    }

    /** A load balancer that tells of a public address is right about it: it is its own, and ours is another one. */
    private static InetAddress asTheWorldSees(InetAddress reached, Session session, LinkPool links) {
        boolean isHidden = reached.isSiteLocalAddress()
                || reached.isLinkLocalAddress()
                || reached.isLoopbackAddress()
                || reached.isAnyLocalAddress();
        return session.isReachedTold() && !isHidden
                ? reached
                : links.publicAddresses().seen(reached);
    }

    @Override
    void enter() {
        Seat found = links.enter(frame.dc().signed(), this);
        seat = found;
        if (found == null) {
            session.become(new Draining(session, CloseReason.UNKNOWN_DC));
        } else if (found.address() != null) {
            goOn(found);
        }
    }

    @Override
    public void onReady() {
        session.guard(() -> goOn(seat()));
    }

    private void goOn(Seat seat) {
        if (!begun) {
            begin(seat);
            scheduleCheck();
        }
        if (!seat.isReady()) {
            awaitReady(seat);
            return;
        }
        byte[] first = carry;
        carry = NOTHING;
        if (first.length > 0) {
            session.context().buffers().area().clear().put(first);
            send(first.length);
        }
        if (!session.isIn(this)) {
            return;
        }
        if (seat.isReady()) {
            session.client().resumeReading();
            read();
        } else {
            awaitReady(seat);
        }
    }

    private void awaitReady(Seat seat) {
        session.client().pauseReading();
        seat.awaitReady();
    }

    private void begin(Seat seat) {
        begun = true;
        lastActivity = session.loop().now();
        InetSocketAddress address = Objects.requireNonNull(seat.address(), "a client that is ready has a link");
        session.context()
                .observers()
                .telegramConnected(session.id(), seat.dc(), address, Duration.ofNanos(lastActivity - startedAt));
    }

    @Override
    void onReadable(TcpConnection client) {
        if (seat().isReady()) {
            read();
        } else {
            awaitReady(seat());
        }
    }

    private void read() {
        int bytesRead = session.context().buffers().read(session.client(), MAX_READ_BYTES);
        if (bytesRead == TcpConnection.END_OF_STREAM) {
            // The protocol knows no half-closed client.
            session.close(CloseReason.CLIENT_CLOSED);
        } else if (bytesRead > 0) {
            session.countFromClient(bytesRead);
            lastActivity = session.loop().now();
            send(bytesRead);
        }
    }

    private void send(int bytes) {
        Outcome outcome = uplink.accept(bytes, seat());
        switch (outcome) {
            case GOOD -> {}
            case BAD_RECORD -> session.become(new Draining(session, CloseReason.BAD_RECORD));
            case BAD_PACKET -> session.become(new Draining(session, CloseReason.BAD_PACKET));
            case BUFFERS_FULL -> session.close(CloseReason.BUFFERS_FULL);
        }
    }

    @Override
    public void onAnswer(ByteBuffer message) {
        try {
            if (!message.hasRemaining()) {
                return;
            }
            if (pace.isOverLimit(session.loop().now())) {
                onTooSlow();
            } else if (downlink.send(message)) {
                onSent();
            } else {
                // Nothing that could be said to this client would be the answer.
                session.become(new Draining(session, CloseReason.TELEGRAM_CLOSED));
            }
        } catch (Throwable failure) {
            session.crash(failure);
        }
    }

    @Override
    public void onQuickAck(int confirm) {
        try {
            if (pace.isOverLimit(session.loop().now())) {
                onTooSlow();
            } else {
                downlink.acknowledge(confirm);
                onSent();
            }
        } catch (Throwable failure) {
            session.crash(failure);
        }
    }

    private void onSent() {
        lastActivity = session.loop().now();
        if (pace.startsToLag(lastActivity)) {
            scheduleCheck();
        }
    }

    @Override
    public void onLinkLost() {
        session.client().pauseReading();
    }

    @Override
    public void onNoLink() {
        session.guard(() -> session.become(new Draining(session, CloseReason.TELEGRAM_UNREACHABLE)));
    }

    @Override
    public void onClosedByTelegram() {
        session.guard(() -> session.become(new Draining(session, CloseReason.TELEGRAM_CLOSED)));
    }

    @Override
    public void onTooSlow() {
        session.guard(() -> session.close(CloseReason.SLOW_READER));
    }

    @Override
    public int held() {
        return session.client().pending();
    }

    @Override
    void onDrained(TcpConnection client) {
        lastActivity = session.loop().now();
    }

    @Override
    void onFailed(TcpConnection client) {
        session.close(client.isDropped() ? CloseReason.BUFFERS_FULL : CloseReason.CLIENT_RESET);
    }

    private void scheduleCheck() {
        session.scheduleAt(pace.nextLook(lastActivity + idleNanos()));
    }

    private long idleNanos() {
        return session.context().config().idleTimeout().toNanos();
    }

    @Override
    void onTimer() {
        long now = session.loop().now();
        if (session.client().flushed() != lastFlushed) {
            lastFlushed = session.client().flushed();
            lastActivity = now;
        }
        if (pace.isTooSlow(now)) {
            session.close(CloseReason.SLOW_READER);
        } else if (session.client().isReadingPaused()) {
            // It may have sent something for which there is no link or no room yet.
            session.scheduleAt(pace.nextLook(now + idleNanos()));
        } else if (lastActivity + idleNanos() - now <= 0) {
            session.close(CloseReason.IDLE_TIMEOUT);
        } else {
            scheduleCheck();
        }
    }

    private Seat seat() {
        return Objects.requireNonNull(seat, "nothing happens before the client has claimed a place");
    }

    @Override
    void leave() {
        uplink.clear();
        if (seat != null) {
            seat.leave();
        }
    }
}
