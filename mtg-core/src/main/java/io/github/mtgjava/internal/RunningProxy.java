package io.github.mtgjava.internal;

import io.github.mtgjava.SecretType;
import io.github.mtgjava.crypto.AesCtr;
import io.github.mtgjava.internal.cloak.FlightMaker;
import io.github.mtgjava.internal.cloak.KeyShares;
import io.github.mtgjava.internal.cloak.Origin;
import io.github.mtgjava.internal.cloak.OriginProfiler;
import io.github.mtgjava.internal.cloak.SelfCheck;
import io.github.mtgjava.internal.session.Counter;
import io.github.mtgjava.internal.session.Crowd;
import io.github.mtgjava.internal.session.Keyring;
import io.github.mtgjava.internal.session.LoopContext;
import io.github.mtgjava.internal.session.Session;
import io.github.mtgjava.internal.telegram.dial.Dialler;
import io.github.mtgjava.internal.telegram.dial.SocksHop;
import io.github.mtgjava.internal.telegram.link.LinkPool;
import io.github.mtgjava.transport.nio.Acceptor;
import io.github.mtgjava.transport.nio.BufferBudget;
import io.github.mtgjava.transport.nio.EventLoop;
import io.github.mtgjava.transport.nio.EventLoopGroup;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The loops, the listener and everything between them, from start to stop. */
final class RunningProxy {

    private static final Logger LOG = LoggerFactory.getLogger(RunningProxy.class);
    private static final long SHUTDOWN_MILLIS = 5_000;

    private final Observers observers;
    private final EventLoopGroup loops;
    private final ExecutorService background;
    private final KeyShares keyShares;
    private final @Nullable Origin origin;
    private final @Nullable OriginProfiler profiler;
    private final List<SocksHop> socksHops;
    private final ServerSocketChannel listener;
    private final InetSocketAddress address;
    private final Map<EventLoop, LoopContext> contexts = new HashMap<>();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private @Nullable Acceptor acceptor;
    /** Confined to the acceptor's loop. */
    private long lastId;

    private RunningProxy(
            ProxyConfig config,
            Keyring keyring,
            Observers observers,
            @Nullable MiddleProxies middleProxies,
            ServerSocketChannel listener,
            EventLoopGroup loops)
            throws IOException {
        this.observers = observers;
        this.listener = listener;
        this.loops = loops;
        this.address = (InetSocketAddress) listener.getLocalAddress();
        this.background = Background.start();
        this.keyShares = new KeyShares(config.random());
        this.origin = origin(config);
        this.profiler = origin == null ? null : profiler(config, keyring, origin);
        FlightMaker flights = new FlightMaker(config.random(), keyShares, profiler);
        Crowd crowd = new Crowd(config, this::openConnections, this::handshakes);
        this.socksHops = socksHops(config);
        for (EventLoop loop : loops.loops()) {
            Dialler dialler = new Dialler(loop, config.connectTimeout(), config.telegramSocket(), socksHops);
            LinkPool links = middleProxies == null ? null : middleProxies.links(loop, dialler);
            contexts.put(
                    loop, new LoopContext(loop, config, keyring, observers, flights, origin, dialler, links, crowd));
        }
    }

    /**
     * Owns the listener from here on, also if it fails.
     *
     * @param middleProxies ready; null if clients reach Telegram directly
     */
    static RunningProxy start(
            ProxyConfig config,
            Keyring keyring,
            Observers observers,
            @Nullable MiddleProxies middleProxies,
            ServerSocketChannel listener)
            throws IOException {
        EventLoopGroup loops = null;
        RunningProxy proxy = null;
        try {
            // Before the first client comes, not while it waits.
            AesCtr.warmUp();
            loops = EventLoopGroup.start(
                    config.workers(),
                    "mtg-loop",
                    config.ticker(),
                    observers::crashed,
                    new BufferBudget(config.maxBufferedBytes()));
            proxy = new RunningProxy(config, keyring, observers, middleProxies, listener, loops);
            proxy.prepare(keyring.type());
            proxy.accept(config);
            return proxy;
        } catch (Throwable failure) {
            listener.close();
            if (loops != null) {
                loops.loops().forEach(EventLoop::shutdown);
            }
            if (proxy != null) {
                proxy.endBackground();
            }
            throw failure;
        }
    }

    /** Begins what newcomers would else have to wait for. */
    private void prepare(SecretType type) {
        // First of all, as names of SOCKS5 servers that take long must not keep strangers from the site.
        if (origin != null) {
            origin.prefetch();
        }
        socksHops.forEach(SocksHop::prefetch);
        if (type == SecretType.TLS) {
            keyShares.start();
        }
        if (profiler != null) {
            profiler.start();
        }
    }

    private void endBackground() {
        background.shutdownNow();
        keyShares.close();
        if (profiler != null) {
            profiler.close();
        }
    }

    private void accept(ProxyConfig config) {
        EventLoop loop = loops.loops().get(0);
        loop.execute(() -> {
            try {
                acceptor = Acceptor.start(loop, listener, config.clientSocket(), this::onAccepted);
            } catch (IOException closed) {
                observers.crashed(closed);
            }
        });
    }

    private void onAccepted(SocketChannel channel) {
        long id = ++lastId;
        EventLoop loop = loops.leastLoaded();
        loop.addLoad(1);
        LoopContext context = Objects.requireNonNull(contexts.get(loop));
        if (loop.inEventLoop()) {
            begin(context, channel, id);
        } else {
            loop.execute(() -> begin(context, channel, id));
        }
    }

    private void begin(LoopContext context, SocketChannel channel, long id) {
        try {
            Session.begin(context, channel, id);
        } catch (IOException gone) {
            LOG.debug("a connection was gone before its session began", gone);
            forget(context, channel);
        } catch (Throwable failure) {
            forget(context, channel);
            throw failure;
        }
    }

    private static void forget(LoopContext context, SocketChannel channel) {
        context.loop().addLoad(-1);
        try {
            channel.close();
        } catch (IOException failure) {
            LOG.debug("closing a socket failed", failure);
        }
    }

    private List<SocksHop> socksHops(ProxyConfig config) {
        return config.socks5().stream()
                .map(server -> new SocksHop(server, config.resolver(), background, config.ticker()))
                .toList();
    }

    private @Nullable Origin origin(ProxyConfig config) {
        InetSocketAddress target = config.cloakAddress();
        if (target == null) {
            return null;
        }
        List<InetSocketAddress> publicAddresses = Stream.of(config.publicIpv4(), config.publicIpv6())
                .flatMap(Optional::stream)
                .toList();
        return new Origin(
                target,
                config.resolver(),
                background,
                config.ticker(),
                new SelfCheck(address, publicAddresses),
                config.cloakAddressGiven());
    }

    /** Only who speaks FakeTLS has to look like the site. */
    private static @Nullable OriginProfiler profiler(ProxyConfig config, Keyring keyring, Origin origin) {
        if (keyring.type() != SecretType.TLS || config.cloakProbeInterval().isZero()) {
            return null;
        }
        return new OriginProfiler(
                origin,
                keyring.host().orElseThrow(),
                config.cloakProxyProtocol(),
                config.cloakProbeInterval(),
                config.cacheDirectory(),
                config.random());
    }

    InetSocketAddress address() {
        return address;
    }

    List<LoopContext> contexts() {
        return List.copyOf(contexts.values());
    }

    boolean isListening() {
        return !stopping.get() && listener.isOpen();
    }

    boolean stop(Duration drain) {
        if (loops.loops().stream().anyMatch(EventLoop::inEventLoop)) {
            throw new IllegalStateException("an observer must not stop its own proxy: hand that to another thread");
        }
        boolean first = stopping.compareAndSet(false, true);
        boolean drained = false;
        try {
            if (first) {
                stopAccepting();
            }
            // Whoever is less patient than those who stopped it before has it their way.
            drained = awaitDrained(drain);
            contexts.values().forEach(LoopContext::closeAll);
            if (!loops.shutdown(SHUTDOWN_MILLIS)) {
                LOG.warn("an event loop did not end within {} ms", SHUTDOWN_MILLIS);
            }
        } catch (InterruptedException interrupted) {
            contexts.values().forEach(LoopContext::closeAll);
            loops.loops().forEach(EventLoop::shutdown);
            Thread.currentThread().interrupt();
        }
        endBackground();
        if (first) {
            observers.stopped();
        }
        return drained;
    }

    private void stopAccepting() throws InterruptedException {
        CompletableFuture<Void> closed = new CompletableFuture<>();
        loops.loops().get(0).execute(() -> {
            closeListener();
            closed.complete(null);
        });
        await(closed, SHUTDOWN_MILLIS);
    }

    private void closeListener() {
        if (acceptor != null) {
            acceptor.close();
            return;
        }
        try {
            listener.close();
        } catch (IOException failure) {
            LOG.warn("closing the listener {} failed", address, failure);
        }
    }

    private boolean awaitDrained(Duration drain) throws InterruptedException {
        CompletableFuture<?>[] all =
                contexts.values().stream().map(LoopContext::drain).toArray(CompletableFuture[]::new);
        // Unlike toMillis() this has a word for "for ever". And given no time, loops without work had none to say so.
        long millis = Math.max(0, TimeUnit.MILLISECONDS.convert(drain));
        return await(CompletableFuture.allOf(all), millis) || openConnections() == 0;
    }

    private static boolean await(CompletableFuture<?> future, long millis) throws InterruptedException {
        try {
            future.get(millis, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException late) {
            return false;
        } catch (ExecutionException failure) {
            throw new IllegalStateException("nothing completes these with a failure", failure);
        }
    }

    private long handshakes() {
        long handshakes = 0;
        for (LoopContext context : contexts.values()) {
            handshakes += context.counters().get(Counter.HANDSHAKES);
        }
        return handshakes;
    }

    private long openConnections() {
        long open = 0;
        for (EventLoop loop : loops.loops()) {
            open += loop.load();
        }
        return open;
    }
}
