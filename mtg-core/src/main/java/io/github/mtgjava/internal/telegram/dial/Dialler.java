package io.github.mtgjava.internal.telegram.dial;

import io.github.mtgjava.transport.nio.Dial;
import io.github.mtgjava.transport.nio.EventLoop;
import io.github.mtgjava.transport.nio.Route;
import io.github.mtgjava.transport.nio.SocketOptions;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How one loop gets to Telegram, and what it has learnt about the ways there: those that lately failed, or were overtaken by
 * another after their head start, are tried last. Confined to its loop.
 */
public final class Dialler {

    /** What an address gets before the next one is tried beside it. */
    private static final Duration HEAD_START = Duration.ofMillis(300);

    /** The same through a SOCKS5 server, which takes some round trips more. */
    private static final Duration SOCKS_HEAD_START = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(Dialler.class);

    private final EventLoop loop;
    private final Duration connectTimeout;
    private final SocketOptions socket;
    private final List<SocksHop> socksHops;
    /** Telegram's own addresses, or those of SOCKS5 servers. */
    private final FailureMemory<InetSocketAddress> hops = new FailureMemory<>();
    /** Connections that a SOCKS5 server could not make. */
    private final FailureMemory<Way> ways = new FailureMemory<>();
    /** Servers that were complained of: one that fails now and then shall not fill the log. */
    private final FailureMemory<InetSocketAddress> told = new FailureMemory<>();

    private record Way(InetSocketAddress address, InetSocketAddress hop) {

        static Way of(Route route) {
            return new Way(route.address(), route.hop());
        }
    }

    /**
     * For one loop.
     *
     * @param connectTimeout for a dial, over all ways to all addresses
     * @param socksHops in order of preference; none to connect directly
     */
    public Dialler(EventLoop loop, Duration connectTimeout, SocketOptions socket, List<SocksHop> socksHops) {
        this.loop = loop;
        this.connectTimeout = connectTimeout;
        this.socket = socket;
        this.socksHops = List.copyOf(socksHops);
    }

    /**
     * Starts dialling. The handler is never called from inside this call.
     *
     * @param addresses resolved, in order of preference; none at all fails soon
     */
    public TelegramDial dial(List<InetSocketAddress> addresses, TelegramDialHandler handler) {
        assert loop.inEventLoop();
        TelegramDial dial = new TelegramDial(this, addresses, handler);
        dial.begin();
        return dial;
    }

    EventLoop loop() {
        return loop;
    }

    Duration connectTimeout() {
        return connectTimeout;
    }

    List<SocksHop> socksHops() {
        return socksHops;
    }

    Dial.Settings settings(long deadlineNanos) {
        Duration headStart = socksHops.isEmpty() ? HEAD_START : SOCKS_HEAD_START;
        return new Dial.Settings(headStart.toNanos(), deadlineNanos, socket);
    }

    /** In the same order, but for those that lately failed: last what could not even be connected. */
    List<Route> inOrder(List<Route> routes) {
        return routes.stream().sorted(Comparator.comparingInt(this::rank)).toList();
    }

    private int rank(Route route) {
        if (hops.hasFailed(route.hop(), loop.now())) {
            return 2;
        }
        return ways.hasFailed(Way.of(route), loop.now()) ? 1 : 0;
    }

    void succeeded(Route route) {
        hops.succeeded(route.hop());
        ways.succeeded(Way.of(route));
    }

    /** A server that could not make one connection is none that fails: another one it can make. */
    void failed(Route route, String error) {
        if (!(route.opening() instanceof SocksOpening opening)) {
            hops.failed(route.hop(), loop.now());
        } else if (opening.isPastLogin()) {
            ways.failed(Way.of(route), loop.now());
        } else {
            hops.failed(route.hop(), loop.now());
            complain(route.hop(), error);
        }
    }

    private void complain(InetSocketAddress server, String error) {
        if (told.failed(server, loop.now())) {
            LOG.atWarn()
                    .addKeyValue("event", "socks5_failed")
                    .addKeyValue("server", () -> text(server))
                    .addKeyValue("cause", error)
                    .log("a SOCKS5 server fails: tried last for some minutes");
        }
    }

    private static String text(InetSocketAddress address) {
        return address.getHostString() + " port " + address.getPort();
    }
}
