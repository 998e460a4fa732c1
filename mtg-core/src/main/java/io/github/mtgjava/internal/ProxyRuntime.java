package io.github.mtgjava.internal;

import io.github.mtgjava.MtProxyException;
import io.github.mtgjava.ProxyStats;
import io.github.mtgjava.transport.nio.Acceptor;
import io.github.mtgjava.transport.nio.Ticker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A proxy's life cycle: new, running, stopped; each state once. Thread-safe. */
public final class ProxyRuntime {

    private final ProxyConfig config;
    private final Observers observers;
    private @Nullable RunningProxy running;
    private boolean stopped;

    /** Nothing is started yet. */
    public ProxyRuntime(ProxyConfig config) {
        this.config = config;
        // Real time, whatever the proxy's own is: a loop is held up for real.
        this.observers = new Observers(config.observers(), Ticker.system());
    }

    /** Listens and serves. */
    public synchronized void start() {
        if (running != null || stopped) {
            throw new IllegalStateException("a proxy starts once: build another one");
        }
        ServerSocketChannel listener;
        try {
            listener = Acceptor.bind(config.bind());
        } catch (IOException failure) {
            throw new MtProxyException(explain(config.bind(), failure), failure);
        }
        observers.started(this::stats);
        try {
            running = RunningProxy.start(config, observers, listener);
        } catch (IOException failure) {
            throw new MtProxyException(
                    "cannot start the event loops: " + failure.getMessage()
                            + ". If it says 'Too many open files', raise the limit (ulimit -n, LimitNOFILE)",
                    failure);
        } finally {
            if (running == null) {
                // Observers were told of a start, which is told once: they may hold on to things until they learn of
                // the end.
                stopped = true;
                observers.stopped();
            }
        }
    }

    private static String explain(InetSocketAddress bind, IOException failure) {
        String advice = bind.getPort() > 0 && bind.getPort() < 1024
                ? "Is something else listening there, and is this user allowed ports below 1024?"
                : "Is something else listening there, and does the address belong to this machine?";
        return "cannot listen on " + bind.getAddress().getHostAddress() + " port " + bind.getPort() + ": "
                + failure.getMessage() + ". " + advice;
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return running().address();
    }

    /** Totals and levels; all zero before the start. */
    public ProxyStats stats() {
        RunningProxy proxy;
        synchronized (this) {
            proxy = running;
        }
        return Stats.collect(config, observers, proxy);
    }

    /** Stops, and waits for it; true if every connection had ended by itself. */
    public boolean stop(Duration drain) {
        Objects.requireNonNull(drain, "drain");
        RunningProxy proxy;
        synchronized (this) {
            stopped = true;
            proxy = running;
        }
        return proxy == null || proxy.stop(drain);
    }

    private synchronized RunningProxy running() {
        if (running == null) {
            throw new IllegalStateException("the proxy has not been started");
        }
        return running;
    }
}
