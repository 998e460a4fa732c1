package io.github.mtgjava.internal;

import io.github.mtgjava.MtProxyException;
import io.github.mtgjava.MtProxyException.Reason;
import io.github.mtgjava.ProxyStats;
import io.github.mtgjava.Secret;
import io.github.mtgjava.internal.session.Keyring;
import io.github.mtgjava.transport.nio.Acceptor;
import io.github.mtgjava.transport.nio.Ticker;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A proxy's life cycle: new, starting, running, stopped; each state once. Thread-safe. Starting may take long with an ad
 * tag, and a stop ends it.
 */
public final class ProxyRuntime {

    private final ProxyConfig config;
    private final Keyring keyring;
    private final Observers observers;
    private final @Nullable MiddleProxies middleProxies;
    private @Nullable RunningProxy running;
    private boolean started;
    private boolean stopped;

    /** Nothing is started yet. */
    public ProxyRuntime(Secret secret, ProxyConfig config) {
        this.config = config;
        this.keyring = new Keyring(secret);
        // Real time, whatever the proxy's own is: a loop is held up for real.
        this.observers = new Observers(config.observers(), Ticker.system());
        this.middleProxies = config.adTag() == null ? null : new MiddleProxies(config, observers);
    }

    /** Listens and serves. */
    public void start() {
        synchronized (this) {
            if (started || stopped) {
                throw new IllegalStateException("a proxy starts once: build another one");
            }
            started = true;
        }
        ServerSocketChannel listener = bindFirst();
        boolean told = false;
        boolean runs = false;
        try {
            if (middleProxies != null) {
                // Only now is it known that the address can be had, and it cannot be used yet.
                close(listener);
            }
            told = true;
            observers.started(this::stats);
            if (middleProxies != null) {
                await(middleProxies);
                listener = bind();
            }
            run(listener);
            runs = true;
        } finally {
            if (!runs) {
                abandon(told);
            }
        }
    }

    /** If that fails nothing has begun, and it may be tried again. */
    private ServerSocketChannel bindFirst() {
        try {
            return bind();
        } catch (MtProxyException failure) {
            synchronized (this) {
                started = false;
            }
            throw failure;
        }
    }

    private ServerSocketChannel bind() {
        try {
            return Acceptor.bind(config.bind());
        } catch (IOException failure) {
            throw new MtProxyException(Reason.CANNOT_LISTEN, explain(config.bind(), failure), failure);
        }
    }

    private static void close(ServerSocketChannel listener) {
        try {
            listener.close();
        } catch (IOException failure) {
            throw new MtProxyException("cannot close the listener: " + failure.getMessage(), failure);
        }
    }

    private static void await(MiddleProxies needed) {
        try {
            needed.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new MtProxyException(
                    Reason.STOPPED, "interrupted while waiting for Telegram's list of middle proxies", interrupted);
        }
    }

    private synchronized void run(ServerSocketChannel listener) {
        try {
            if (stopped) {
                listener.close();
                throw new MtProxyException(Reason.STOPPED, "the proxy was stopped while it started");
            }
            running = RunningProxy.start(config, keyring, observers, middleProxies, listener);
        } catch (IOException failure) {
            throw new MtProxyException(
                    Reason.NO_RESOURCES,
                    "cannot start the event loops: " + failure.getMessage()
                            + ". If it says 'Too many open files', raise the limit (ulimit -n, LimitNOFILE)",
                    failure);
        }
    }

    /** Observers that were told of a start may hold on to things until they learn of the end; it is told once. */
    private void abandon(boolean told) {
        synchronized (this) {
            stopped = true;
        }
        if (middleProxies != null) {
            middleProxies.close();
        }
        if (told) {
            observers.stopped();
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

    /** The secret to give to users. */
    public Secret secret() {
        return keyring.current();
    }

    /**
     * Has clients come with another secret from now on.
     *
     * @return whether it is another one
     * @throws IllegalStateException unless it runs
     * @throws IllegalArgumentException if the secret has another type or host
     */
    public boolean changeSecret(Secret next, Duration overlap) {
        if (!running().isListening()) {
            throw new IllegalStateException("the proxy was stopped");
        }
        return keyring.change(next, overlap, config.ticker().nanos());
    }

    /** Totals and levels; all zero before the start. */
    public ProxyStats stats() {
        RunningProxy proxy;
        synchronized (this) {
            proxy = running;
        }
        return new Stats(config, observers, middleProxies, proxy).collect();
    }

    /**
     * Stops, and waits for it; true if every connection had ended by itself.
     *
     * @throws IllegalStateException on a loop of the proxy, which goes on
     */
    public boolean stop(Duration drain) {
        Objects.requireNonNull(drain, "drain");
        RunningProxy proxy;
        synchronized (this) {
            stopped = true;
            proxy = running;
        }
        // Throws on a loop; then nothing has been stopped.
        boolean drained = proxy == null || proxy.stop(drain);
        if (middleProxies != null) {
            middleProxies.close();
        }
        return drained;
    }

    private synchronized RunningProxy running() {
        if (running == null) {
            throw new IllegalStateException("the proxy has not been started");
        }
        return running;
    }
}
