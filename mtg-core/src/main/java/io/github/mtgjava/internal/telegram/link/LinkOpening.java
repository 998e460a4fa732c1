package io.github.mtgjava.internal.telegram.link;

import io.github.mtgjava.LinkFailureReason;
import io.github.mtgjava.internal.telegram.bootstrap.MiddleProxyData;
import io.github.mtgjava.transport.middleproxy.Ends;
import io.github.mtgjava.transport.middleproxy.LinkFault;
import io.github.mtgjava.transport.middleproxy.LinkHandshake;
import io.github.mtgjava.transport.nio.ConnectionHandler;
import io.github.mtgjava.transport.nio.TcpConnection;
import io.github.mtgjava.transport.nio.Timer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** The handshake on a connection to one middle proxy. */
final class LinkOpening implements ConnectionHandler {

    /** For the whole handshake. */
    static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);

    /** The same while there is another middle proxy to try: clients that look for another link wait no longer than 10 s. */
    static final Duration HANDSHAKE_TIMEOUT_WITH_ALTERNATIVES = Duration.ofSeconds(4);

    private static final int NONCE_BYTES = 16;

    private final LinkAttempt attempt;
    private final LinkGroup group;
    private final InetSocketAddress address;
    private final CurrentHandler handler = new CurrentHandler(this);
    private final TcpConnection connection;
    private final LinkHandshake handshake;
    private final Timer timer = new Timer(() -> fail(LinkFailureReason.TIMEOUT));

    private LinkOpening(
            LinkAttempt attempt, LinkGroup group, SocketChannel channel, InetSocketAddress address, Ends ends)
            throws IOException {
        LinkEnvironment environment = group.pool().environment();
        this.attempt = attempt;
        this.group = group;
        this.address = address;
        // One snapshot for the nonce and the keys, whatever is fetched meanwhile.
        MiddleProxyData data = environment.data().get();
        this.handshake = new LinkHandshake(
                data.secret(),
                ends,
                (int) environment.clock().instant().getEpochSecond(),
                environment.random().bytes(NONCE_BYTES));
        this.connection = TcpConnection.open(group.pool().loop(), channel, handler, false);
    }

    /** Sends our nonce; the attempt is told of the outcome later. */
    static LinkOpening begin(
            LinkAttempt attempt, LinkGroup group, SocketChannel channel, InetSocketAddress address, Ends ends)
            throws IOException {
        LinkOpening opening = new LinkOpening(attempt, group, channel, address, ends);
        // A link carries many clients: none of them shall end because memory is short for another one.
        opening.connection.exemptFromBudget();
        opening.connection.write(opening.handshake.request());
        Duration limit = attempt.hasAlternatives() ? HANDSHAKE_TIMEOUT_WITH_ALTERNATIVES : HANDSHAKE_TIMEOUT;
        group.pool().loop().schedule(opening.timer, group.pool().loop().now() + limit.toNanos());
        return opening;
    }

    @Override
    public void onReadable(TcpConnection readable) {
        ByteBuffer area = group.pool().loop().readBuffer().clear();
        int bytesRead = connection.read(area);
        if (bytesRead > 0) {
            advance(area.flip());
        } else if (bytesRead == TcpConnection.END_OF_STREAM) {
            fail(LinkFailureReason.CLOSED);
        }
    }

    private void advance(ByteBuffer in) {
        while (true) {
            switch (handshake.read(in)) {
                case NEED_INPUT -> {
                    return;
                }
                case WRITE -> connection.write(handshake.output());
                case FAILED -> {
                    fail(reason(handshake.fault()));
                    return;
                }
                case READY -> {
                    succeed(in);
                    return;
                }
            }
        }
    }

    private void succeed(ByteBuffer rest) {
        timer.cancel();
        LinkWriter writer = new LinkWriter(handshake.writer(), group.pool().output(), connection);
        Link link = new Link(group, connection, address, handshake.reader(), writer);
        handler.becomes(link);
        attempt.onOpened(link);
        link.consume(rest);
    }

    private void fail(LinkFailureReason reason) {
        cancel();
        attempt.onHandshakeFailed(address, reason);
    }

    /** Gives up without a word. */
    void cancel() {
        timer.cancel();
        connection.close();
    }

    @Override
    public void onDrained(TcpConnection drained) {}

    @Override
    public void onFailed(TcpConnection failed) {
        fail(LinkFailureReason.CLOSED);
    }

    private static LinkFailureReason reason(LinkFault fault) {
        return switch (fault) {
            case GARBAGE -> LinkFailureReason.GARBAGE;
            case WRONG_SECRET -> LinkFailureReason.WRONG_SECRET;
            case NO_ENCRYPTION -> LinkFailureReason.NO_ENCRYPTION;
            case CLOCK -> LinkFailureReason.CLOCK;
            case KEYS -> LinkFailureReason.KEYS;
            case REFUSED -> LinkFailureReason.REFUSED;
            case WRONG_PEER -> LinkFailureReason.WRONG_PEER;
        };
    }
}
