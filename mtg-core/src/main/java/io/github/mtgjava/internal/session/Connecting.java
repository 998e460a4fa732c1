package io.github.mtgjava.internal.session;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.IpFamily;
import io.github.mtgjava.ProxyStats.Telegram;
import io.github.mtgjava.internal.ProxyConfig;
import io.github.mtgjava.internal.session.Relaying.Upstream;
import io.github.mtgjava.internal.telegram.AddressOrder;
import io.github.mtgjava.internal.telegram.dial.Reached;
import io.github.mtgjava.internal.telegram.dial.TelegramDial;
import io.github.mtgjava.internal.telegram.dial.TelegramDialHandler;
import io.github.mtgjava.transport.faketls.RecordReader;
import io.github.mtgjava.transport.nio.TcpConnection;
import io.github.mtgjava.transport.obfuscated2.ClientFrame;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Dialling the DC that an admitted client asked for. The client is not read meanwhile. */
final class Connecting extends Phase implements TelegramDialHandler {

    private final ClientFrame frame;
    private final @Nullable RecordReader records;
    private final byte[] carry;
    private final long startedAt;
    private @Nullable TelegramDial dial;
    /** Ours until the next phase has taken it over. */
    private @Nullable TcpConnection telegram;

    /**
     * For a client that is let in.
     *
     * @param records takes the client's records apart; null without FakeTLS
     * @param carry what the client sent behind its frame, as it came from the socket
     */
    Connecting(Session session, ClientFrame frame, @Nullable RecordReader records, byte[] carry) {
        super(session);
        this.frame = frame;
        this.records = records;
        this.carry = carry;
        this.startedAt = session.loop().now();
    }

    @Override
    void enter() {
        ProxyConfig config = session.context().config();
        List<InetSocketAddress> known = config.directory().addresses(frame.dc().number());
        List<InetSocketAddress> addresses = AddressOrder.of(known, config.preferIp());
        if (known.isEmpty()) {
            session.become(new Draining(session, CloseReason.UNKNOWN_DC));
            return;
        }
        dial = session.context().dialler().dial(addresses, this);
    }

    @Override
    public void onConnected(SocketChannel channel, Reached reached) {
        session.guard(() -> {
            dial = null;
            InetSocketAddress address = reached.address();
            session.context()
                    .observers()
                    .telegramConnected(session.id(), frame.dc().number(), address, Duration.ofNanos(elapsed()));
            telegram = open(channel);
            Telegram kind = new Telegram(frame.dc().number(), IpFamily.of(address.getAddress()));
            Relaying next = Relaying.begin(session, new Upstream(telegram, kind), frame, records, carry);
            telegram = null;
            session.become(next);
        });
    }

    @Override
    public void onAddressFailed(InetSocketAddress address, long nanos, String error) {
        session.logCannotConnect(address, error);
        session.context()
                .observers()
                .telegramConnectFailed(session.id(), frame.dc().number(), address, Duration.ofNanos(nanos));
    }

    @Override
    public void onDialFailed() {
        session.guard(() -> {
            dial = null;
            session.become(new Draining(session, CloseReason.TELEGRAM_UNREACHABLE));
        });
    }

    private long elapsed() {
        return session.loop().now() - startedAt;
    }

    @Override
    void onReadable(TcpConnection client) {
        client.pauseReading();
    }

    @Override
    void onFailed(TcpConnection client) {
        session.close(CloseReason.CLIENT_RESET);
    }

    @Override
    void onTimer() {
        throw new IllegalStateException("the dial has its own deadline");
    }

    @Override
    void leave() {
        if (dial != null) {
            dial.cancel();
        }
        if (telegram != null) {
            telegram.close();
        }
    }
}
