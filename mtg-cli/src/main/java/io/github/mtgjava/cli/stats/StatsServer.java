package io.github.mtgjava.cli.stats;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.mtgjava.MtProxyException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers Prometheus, and whoever asks whether the proxy is well. As with mtg, every path but the two of health has the
 * metrics.
 *
 * <p>Slow scrapers, many, and those that never read cost a bounded number of connections, each with a thread, for a
 * bounded time; the proxy's own threads have nothing to do with it. While all of them are taken nobody else is answered:
 * the port is for friends.
 */
final class StatsServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StatsServer.class);

    private static final int MAX_CONNECTIONS = 256;

    /** More than connections: whoever is connected has one at once, and slow ones keep nobody waiting. */
    private static final int MAX_THREADS = MAX_CONNECTIONS + 64;

    private static final int IDLE_SECONDS = 5;
    private static final int BACKLOG = 64;
    private static final String PLAIN = "text/plain; charset=utf-8";

    /** What the JDK's server reads once, when it is first used; whoever set them otherwise has it their way. */
    private static final Map<String, String> LIMITS = Map.of(
            "sun.net.httpserver.maxReqTime", "2",
            "sun.net.httpserver.maxRspTime", "5",
            "sun.net.httpserver.idleInterval", "10",
            "sun.net.httpserver.maxIdleConnections", "32",
            "sun.net.httpserver.maxReqHeaders", "64",
            "jdk.httpserver.maxConnections", Integer.toString(MAX_CONNECTIONS));

    static {
        LIMITS.forEach((name, value) -> System.getProperties().putIfAbsent(name, value));
    }

    private final HttpServer server;
    private final ExecutorService threads;

    private StatsServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Serves, until closed.
     *
     * @param alive whether the proxy works
     * @param ready whether it takes clients
     * @throws MtProxyException if the address cannot be bound
     */
    static StatsServer start(
            InetSocketAddress bind, PrometheusMeterRegistry registry, BooleanSupplier alive, BooleanSupplier ready) {
        HttpServer server;
        try {
            server = HttpServer.create(bind, BACKLOG);
        } catch (IOException failure) {
            throw new MtProxyException(
                    "cannot listen for Prometheus on " + bind.getAddress().getHostAddress() + " port " + bind.getPort()
                            + ": " + failure.getMessage() + ". Choose another --stats-bind, or none",
                    failure);
        }
        Exposition exposition = new Exposition(registry, System::nanoTime);
        server.createContext("/", guarded(exchange -> {
            switch (exchange.getRequestURI().getPath()) {
                case "/healthz" -> answer(exchange, alive, "an event loop has not turned for 5 seconds, or none runs");
                case "/readyz" -> answer(exchange, ready, "not listening, or draining");
                default -> {
                    String format = Accept.choose(exchange.getRequestHeaders().getFirst("Accept"));
                    answer(exchange, 200, format, exposition.render(format));
                }
            }
        }));
        ExecutorService threads = threads();
        server.setExecutor(threads);
        server.start();
        return new StatsServer(server, threads);
    }

    /** Where it listens, with the real port. */
    InetSocketAddress address() {
        return server.getAddress();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private interface Handler {
        void handle(HttpExchange exchange) throws IOException;
    }

    /** The JDK's server is silent about what its handlers throw, and keeps the connection. */
    private static com.sun.net.httpserver.HttpHandler guarded(Handler handler) {
        return exchange -> {
            try (exchange) {
                String method = exchange.getRequestMethod();
                if (method.equals("GET") || method.equals("HEAD")) {
                    handler.handle(exchange);
                } else {
                    exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                    answer(exchange, 405, PLAIN, "only GET and HEAD\n");
                }
            } catch (IOException gone) {
                LOG.debug("a scraper left early", gone);
            } catch (RuntimeException fault) {
                LOG.warn("a scrape failed", fault);
            }
        };
    }

    private static void answer(HttpExchange exchange, BooleanSupplier well, String no) throws IOException {
        boolean is = well.getAsBoolean();
        answer(exchange, is ? 200 : 503, PLAIN, (is ? "ok" : no) + "\n");
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(body.length));
            exchange.sendResponseHeaders(status, -1);
        } else {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static ExecutorService threads() {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                0, MAX_THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "mtg-stats-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        return executor;
    }
}
