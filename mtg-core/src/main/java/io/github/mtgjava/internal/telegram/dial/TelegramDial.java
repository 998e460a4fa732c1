package io.github.mtgjava.internal.telegram.dial;

import io.github.mtgjava.internal.dns.LookUp;
import io.github.mtgjava.transport.nio.Dial;
import io.github.mtgjava.transport.nio.DialHandler;
import io.github.mtgjava.transport.nio.EventLoop;
import io.github.mtgjava.transport.nio.Route;
import io.github.mtgjava.transport.nio.Timer;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One search for a connection to Telegram. Through SOCKS5 servers it begins when the first of them is found, with all whose
 * addresses are known by then; those that are found later have their turn if these fail. Confined to its loop.
 */
public final class TelegramDial implements DialHandler {

    private final Dialler dialler;
    private final EventLoop loop;
    private final List<InetSocketAddress> addresses;
    private final TelegramDialHandler handler;
    private final long startedAt;
    private final Timer deadline = new Timer(this::onDeadline);
    private final List<LookUp> lookUps = new ArrayList<>();
    private final Map<SocksHop, List<InetSocketAddress>> found = new HashMap<>();
    private final Set<SocksHop> tried = new HashSet<>();
    private @Nullable Dial dial;
    private boolean over;

    TelegramDial(Dialler dialler, List<InetSocketAddress> addresses, TelegramDialHandler handler) {
        this.dialler = dialler;
        this.loop = dialler.loop();
        this.addresses = List.copyOf(addresses);
        this.handler = handler;
        this.startedAt = loop.now();
    }

    void begin() {
        if (isDirect()) {
            dial(addresses.stream().map(Route::direct).toList());
            return;
        }
        loop.schedule(deadline, loop.now() + nanosLeft());
        try {
            for (SocksHop hop : dialler.socksHops()) {
                lookUps.add(hop.lookUp(loop, at -> onFound(hop, at)));
            }
        } catch (Throwable noThread) {
            // Whoever dials learns of it by this, and of nothing more.
            cancel();
            throw noThread;
        }
    }

    private boolean isDirect() {
        return dialler.socksHops().isEmpty();
    }

    private long nanosLeft() {
        return startedAt + dialler.connectTimeout().toNanos() - loop.now();
    }

    private void onFound(SocksHop hop, List<InetSocketAddress> at) {
        found.put(hop, at);
        // Later: others may be known as well.
        loop.execute(this::goOn);
    }

    private void goOn() {
        if (over || dial != null) {
            return;
        }
        List<SocksHop> untried = dialler.socksHops().stream()
                .filter(hop -> !tried.contains(hop) && !at(hop).isEmpty())
                .toList();
        if (!untried.isEmpty() && nanosLeft() > 0) {
            tried.addAll(untried);
            dial(through(untried));
        } else if (found.size() == dialler.socksHops().size() || nanosLeft() <= 0) {
            fail();
        }
    }

    private List<InetSocketAddress> at(SocksHop hop) {
        return found.getOrDefault(hop, List.of());
    }

    /** Who cannot reach an address by one server tries it by the next one, before it tries the next address. */
    private List<Route> through(List<SocksHop> hops) {
        List<Route> routes = new ArrayList<>();
        for (InetSocketAddress address : addresses) {
            if (!address.isUnresolved()) {
                hops.forEach(hop -> at(hop).forEach(own -> routes.add(hop.route(address, own))));
            }
        }
        return routes;
    }

    private void dial(List<Route> routes) {
        dial = Dial.start(loop, dialler.inOrder(routes), dialler.settings(nanosLeft()), this);
    }

    /** A dial that is under way has the same deadline, and more to tell. */
    private void onDeadline() {
        if (dial == null) {
            fail();
        }
    }

    private void fail() {
        cancel();
        if (tried.isEmpty() && !addresses.isEmpty()) {
            handler.onAddressFailed(addresses.get(0), loop.now() - startedAt, "no SOCKS5 server is found");
        }
        handler.onDialFailed();
    }

    /** Gives up without calling the handler; does nothing if the dial is over. */
    public void cancel() {
        assert loop.inEventLoop();
        over = true;
        deadline.cancel();
        lookUps.forEach(LookUp::cancel);
        if (dial != null) {
            dial.cancel();
        }
    }

    @Override
    public void onConnected(SocketChannel channel, Route route) {
        cancel();
        dialler.succeeded(route);
        InetSocketAddress outside = route.opening() instanceof SocksOpening opening ? opening.outside() : null;
        handler.onConnected(channel, new Reached(route.address(), outside));
    }

    @Override
    public void onAttemptFailed(Route route, long nanos, String error) {
        dialler.failed(route, error);
        handler.onAddressFailed(route.address(), nanos, error);
    }

    @Override
    public void onOvertaken(Route route) {
        dialler.failed(route, "no answer before another one");
    }

    @Override
    public void onDialFailed() {
        dial = null;
        if (isDirect()) {
            handler.onDialFailed();
        } else {
            goOn();
        }
    }
}
