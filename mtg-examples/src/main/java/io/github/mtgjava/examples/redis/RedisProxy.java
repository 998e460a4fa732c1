package io.github.mtgjava.examples.redis;

import io.github.mtgjava.MtProxy;
import io.github.mtgjava.MtProxyBuilder;
import io.github.mtgjava.examples.AuditTrail;
import io.github.mtgjava.examples.Foreground;
import io.github.mtgjava.metrics.MicrometerProxyObserver;
import io.github.mtgjava.spi.ProxyObserver;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.CompletionException;

/**
 * A proxy that shares its memory of handshakes with others of the same secret, and lets a load balancer know how it is.
 *
 * <pre>MTG_SECRET=… MTG_REDIS=redis://127.0.0.1 mtg-examples/example redis.RedisProxy</pre>
 *
 * <p>{@link Settings} has all environment variables, {@code docs/scaling.md} explains them and {@code docs/scaling/run.sh}
 * runs two of these behind HAProxy. Links lead to {@code MTG_IPV4}, where the balancer is: without it there are none. SIGTERM
 * drains it: it ceases to be ready, goes on for as long as balancers need to see that, takes nobody any more, gives open
 * connections time to end, and exits.
 */
public final class RedisProxy implements AutoCloseable {

    private final Settings settings;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final RedisReplayCache replays;
    private final ProxyObserver audit;
    private final MtProxy proxy;
    private final Health health;

    /** Takes the port for health and metrics; Redis need not be there yet. */
    RedisProxy(Settings settings) throws IOException {
        this.settings = settings;
        MtProxyBuilder builder =
                MtProxy.builder().secret(settings.secret()).addObserver(new MicrometerProxyObserver(registry, "mtg"));
        settings.applyTo(builder);
        audit = settings.auditFile().isPresent()
                ? new AuditTrail(settings.auditFile().get())
                : new ProxyObserver() {};
        replays = new RedisReplayCache(settings.redis(), settings.prefix(), settings.lifetime());
        proxy = builder.addObserver(audit).replayCache(replays).build();
        health = new Health(settings.statsBind(), proxy::stats, this::cacheAnswers, registry);
    }

    /** Runs until the process is ended. */
    public static void main(String[] args) throws Exception {
        Foreground.main(() -> {
            RedisProxy program = new RedisProxy(new Settings(System.getenv()));
            program.start();
            Runtime.getRuntime().addShutdownHook(new Thread(program::drain));
            System.out.print(program.proxy.links().toJson());
            System.out.println(
                    "health and metrics on port " + program.healthAddress().getPort());
            Thread.currentThread().join();
        });
    }

    void start() {
        proxy.start();
    }

    InetSocketAddress address() {
        return proxy.address();
    }

    InetSocketAddress healthAddress() {
        return health.address();
    }

    private boolean cacheAnswers() {
        try {
            return replays.check().toCompletableFuture().join();
        } catch (CompletionException away) {
            return false;
        }
    }

    /** Stops without harm to anybody who can connect anew. Blocks until then. */
    private void drain() {
        leave();
        try {
            Thread.sleep(settings.notice().toMillis());
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        stop();
    }

    /** From now on it is not ready, though it still takes connections: balancers need a while to see that. */
    void leave() {
        health.leave();
    }

    /** Takes nobody any more, gives open connections time to end, and stops. */
    void stop() {
        proxy.stop(settings.drain());
        close();
    }

    /** Stops at once. */
    @Override
    public void close() {
        proxy.close();
        replays.close();
        if (audit instanceof AuditTrail trail) {
            trail.close();
        }
        health.close();
        registry.close();
    }
}
