package io.github.mtgjava.examples.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.mtgjava.ProxyStats;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Tells load balancers and Prometheus over HTTP how the proxy is. A balancer must not look by connecting to the proxy itself:
 * to the proxy that is a stranger, who is led to the cloaked site.
 *
 * <ul>
 *   <li>{@code /healthz}: every event loop turns. Whoever watches the process restarts it if not.
 *   <li>{@code /readyz}: it takes connections, and will for a while. Not so from the first moment of a stop.
 *   <li>{@code /readyz/clients}: and it can let clients in, as the replay cache answers. A balancer that finds no such proxy
 *       goes on with those that are ready: clients have to wait, but strangers still see the cloaked site.
 *   <li>{@code /metrics}: for Prometheus.
 * </ul>
 */
final class Health implements AutoCloseable {

    private static final int THREADS = 4;

    private final HttpServer http;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "health");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean leaving;

    /**
     * Serves until closed.
     *
     * @param cacheAnswers may take as long as the cache
     */
    Health(
            InetSocketAddress bind,
            Supplier<ProxyStats> stats,
            BooleanSupplier cacheAnswers,
            PrometheusMeterRegistry registry)
            throws IOException {
        BooleanSupplier alive = () -> stats.get().alive();
        BooleanSupplier ready = () -> !leaving && stats.get().listening() && alive.getAsBoolean();
        http = HttpServer.create(bind, 0);
        http.createContext("/healthz", exchange -> answer(exchange, alive));
        http.createContext("/readyz", exchange -> answer(exchange, ready));
        http.createContext(
                "/readyz/clients",
                exchange -> answer(exchange, () -> ready.getAsBoolean() && cacheAnswers.getAsBoolean()));
        http.createContext("/metrics", exchange -> answer(exchange, 200, registry.scrape()));
        http.setExecutor(threads);
        http.start();
    }

    /** Where it listens, with the real port. */
    InetSocketAddress address() {
        return http.getAddress();
    }

    /** From now on the proxy is not ready, though it still takes connections. */
    void leave() {
        leaving = true;
    }

    private static void answer(HttpExchange exchange, BooleanSupplier well) throws IOException {
        boolean is = well.getAsBoolean();
        answer(exchange, is ? 200 : 503, is ? "yes\n" : "no\n");
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(UTF_8);
        try (exchange) {
            boolean bodiless = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(status, bodiless ? -1 : body.length);
            if (!bodiless) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
