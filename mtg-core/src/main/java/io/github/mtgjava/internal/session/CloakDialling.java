package io.github.mtgjava.internal.session;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.internal.ProxyConfig;
import io.github.mtgjava.internal.cloak.Origin;
import io.github.mtgjava.internal.dns.LookUp;
import io.github.mtgjava.internal.telegram.dial.FailureMemory;
import io.github.mtgjava.transport.nio.Dial;
import io.github.mtgjava.transport.nio.DialHandler;
import io.github.mtgjava.transport.nio.Route;
import io.github.mtgjava.transport.nio.SocketOptions;
import io.github.mtgjava.transport.nio.TcpConnection;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A refused client is about to be shown the cloaked site: its address is looked up, off the loop, and dialled. If either
 * takes too long or fails the client meets silence.
 */
final class CloakDialling extends Phase implements DialHandler {

    private final Origin origin;
    private final RefusalReason reason;
    private final Prelude prelude;
    private final boolean clientEnded;
    private final long startedAt;
    private @Nullable LookUp lookUp;
    private @Nullable Dial dial;

    CloakDialling(Session session, Origin origin, RefusalReason reason, Prelude prelude, boolean clientEnded) {
        super(session);
        this.origin = origin;
        this.reason = reason;
        this.prelude = prelude;
        this.clientEnded = clientEnded;
        this.startedAt = session.loop().now();
    }

    @Override
    void enter() {
        session.context().counters().add(Counter.CLOAKED, 1);
        session.context().crowd().preludes().take(prelude.heldBytes());
        session.client().pauseReading();
        session.scheduleAt(session.loop().now() + ProxyConfig.CLOAK_CONNECT_TIMEOUT.toNanos());
        lookUp = origin.lookUp(session.loop(), addresses -> session.guard(() -> onAddresses(addresses)));
    }

    private void onAddresses(List<InetSocketAddress> addresses) {
        if (!session.isIn(this)) {
            return;
        }
        if (addresses.isEmpty()) {
            giveUp();
            return;
        }
        Dial.Settings settings = new Dial.Settings(
                ProxyConfig.CLOAK_HEAD_START.toNanos(),
                ProxyConfig.CLOAK_CONNECT_TIMEOUT.toNanos(),
                SocketOptions.AUTOTUNED);
        dial = Dial.start(session.loop(), inOrder(addresses), settings, this);
    }

    /** Those last that did not answer lately: a visitor of the site would not wait for them. */
    private List<Route> inOrder(List<InetSocketAddress> addresses) {
        return addresses.stream()
                .sorted(failures().failedLast(session.loop().now()))
                .map(Route::direct)
                .toList();
    }

    private FailureMemory<InetSocketAddress> failures() {
        return session.context().siteFailures();
    }

    @Override
    public void onConnected(SocketChannel channel, Route route) {
        session.guard(() -> {
            dial = null;
            failures().succeeded(route.address());
            session.become(new Cloaking(session, open(channel), reason, prelude, clientEnded));
        });
    }

    @Override
    public void onAttemptFailed(Route route, long nanos, String error) {
        failures().failed(route.address(), session.loop().now());
        session.logCannotConnect(route.address(), error);
    }

    @Override
    public void onOvertaken(Route route) {
        failures().failed(route.address(), session.loop().now());
    }

    @Override
    public void onDialFailed() {
        session.guard(() -> {
            dial = null;
            giveUp();
        });
    }

    private void giveUp() {
        session.context()
                .observers()
                .cloakFailed(
                        session.id(), reason, Duration.ofNanos(session.loop().now() - startedAt));
        session.become(Sinking.originUnreachable(session));
    }

    @Override
    void onReadable(TcpConnection client) {
        client.pauseReading();
    }

    @Override
    void onFailed(TcpConnection client) {
        session.close(CloseReason.REFUSED);
    }

    @Override
    void onTimer() {
        giveUp();
    }

    @Override
    void leave() {
        session.context().counters().add(Counter.CLOAKED, -1);
        session.context().crowd().preludes().giveBack(prelude.heldBytes());
        if (lookUp != null) {
            lookUp.cancel();
        }
        if (dial != null) {
            dial.cancel();
        }
    }
}
