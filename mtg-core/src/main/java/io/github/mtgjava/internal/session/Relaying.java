package io.github.mtgjava.internal.session;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.ProxyStats.Telegram;
import io.github.mtgjava.crypto.AesCtr;
import io.github.mtgjava.internal.ProxyConfig;
import io.github.mtgjava.transport.faketls.RecordRamp;
import io.github.mtgjava.transport.faketls.RecordReader;
import io.github.mtgjava.transport.nio.TcpConnection;
import io.github.mtgjava.transport.obfuscated2.ClientFrame;
import io.github.mtgjava.transport.obfuscated2.TelegramFrame;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An admitted client and Telegram talk. */
final class Relaying extends RelayPhase {

    /** How long Telegram may take to finish after the client has ended its side. */
    private static final long LINGER_NANOS = Duration.ofSeconds(30).toNanos();

    private static final byte[] NOTHING = new byte[0];

    private final UplinkTransform uplink;
    /**
     * What Telegram gets first: our frame as it goes over the wire, then what the client sent behind its own, as it came
     * from the socket. Empty as soon as it is written: it may be large, and sessions live long.
     */
    private byte[] opening;

    private final Telegram kind;
    private boolean clientEnded;

    /** The connection to Telegram, and what kind it is. */
    record Upstream(TcpConnection connection, Telegram kind) {}

    private Relaying(Session session, Upstream telegram, UplinkTransform uplink, Transform downlink, byte[] opening) {
        super(
                session,
                telegram.connection(),
                new Pipe(
                        session.client(),
                        telegram.connection(),
                        uplink,
                        session.context().config().uplinkHighWater()),
                new Pipe(
                        telegram.connection(),
                        session.client(),
                        downlink,
                        session.context().config().downlinkHighWater()));
        this.uplink = uplink;
        this.kind = telegram.kind();
        this.opening = opening;
    }

    /**
     * Puts the pieces together on a fresh connection to Telegram.
     *
     * @param records takes the client's records apart; null without FakeTLS
     * @param carry what the client sent behind its frame, as it came from the socket
     */
    static Relaying begin(
            Session session, Upstream telegram, ClientFrame client, @Nullable RecordReader records, byte[] carry) {
        LoopBuffers buffers = session.context().buffers();
        ProxyConfig config = session.context().config();
        boolean framed = records != null;
        RecordRamp ramp = framed ? session.context().recordRamp() : null;
        AesCtr clientUplink = client.uplink();
        TelegramFrame frame;
        Transform downlink;
        if (config.passThrough()) {
            frame = TelegramFrame.passThrough(client, config.random());
            downlink = framed ? new DownlinkTransform(buffers, true, ramp, null) : new VerbatimTransform(buffers);
        } else {
            frame = TelegramFrame.create(client.tag(), client.dc(), config.random());
            downlink = new DownlinkTransform(
                    buffers, framed, ramp, new DownlinkTransform.Ciphers(frame.downlink(), client.downlink()));
        }
        UplinkTransform uplink = new UplinkTransform(buffers, records, clientUplink, frame.uplink());
        return new Relaying(session, telegram, uplink, downlink, join(frame.wire(), carry));
    }

    @Override
    void enter() {
        session.context().counters().add(kind, 1);
        super.enter();
        session.context().buffers().area().clear().put(opening);
        // The frame goes as it is; one write, one packet.
        ByteBuffer first = uplink.transform(TelegramFrame.FRAME_BYTES, opening.length);
        opening = NOTHING;
        if (first == null) {
            session.become(new Draining(session, CloseReason.BAD_RECORD));
            return;
        }
        session.client().resumeReading();
        up().write(first);
    }

    private static byte[] join(byte[] frame, byte[] carry) {
        byte[] joined = Arrays.copyOf(frame, frame.length + carry.length);
        System.arraycopy(carry, 0, joined, frame.length, carry.length);
        return joined;
    }

    @Override
    void onEnded(TcpConnection connection) {
        if (connection == session.client()) {
            clientEnded = true;
            scheduleIdleCheck();
        } else {
            session.become(new Draining(session, reasonUnlessClientEnded(CloseReason.TELEGRAM_CLOSED)));
        }
    }

    @Override
    void onFailed(TcpConnection connection) {
        if (connection.isDropped()) {
            session.close(CloseReason.BUFFERS_FULL);
        } else if (connection != session.client()) {
            session.become(new Draining(session, reasonUnlessClientEnded(CloseReason.TELEGRAM_RESET)));
        } else if (clientEnded) {
            // It closed, and was told something nevertheless. What it said before is still Telegram's, and then comes its end.
            upstream.resumeReading();
            session.scheduleAt(session.loop().now() + LINGER_NANOS);
        } else {
            session.close(CloseReason.CLIENT_RESET);
        }
    }

    @Override
    long idleNanos() {
        return clientEnded
                ? LINGER_NANOS
                : session.context().config().idleTimeout().toNanos();
    }

    @Override
    CloseReason idleReason() {
        return reasonUnlessClientEnded(CloseReason.IDLE_TIMEOUT);
    }

    @Override
    CloseReason doneReason() {
        return CloseReason.CLIENT_CLOSED;
    }

    private CloseReason reasonUnlessClientEnded(CloseReason reason) {
        return clientEnded ? CloseReason.CLIENT_CLOSED : reason;
    }

    @Override
    void leave() {
        super.leave();
        session.context().counters().add(kind, -1);
    }
}
