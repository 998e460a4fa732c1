package io.github.mtgjava.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.mtgjava.MtProxy;
import io.github.mtgjava.MtProxyBuilder;
import io.github.mtgjava.ProxyStats;
import io.github.mtgjava.metrics.MicrometerProxyObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * A service with a life and a meter registry of its own, of which the proxy is one component: started with it, stopped
 * with it, shown in its registry, and the judge of its health.
 *
 * <pre>mtg-examples/example EmbedInService [SECRET [PORT [HTTP-PORT]]]</pre>
 *
 * <p>{@code /metrics} and {@code /health} are served on 127.0.0.1, port 8080 by default, until clients have had ten seconds
 * to finish: a load balancer that asks for the health sees it end first.
 */
public final class EmbedInService implements AutoCloseable {

    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Counter requests = registry.counter("service.requests");
    private final HttpServer http;
    private final MtProxy proxy;

    /** Not started yet, but the HTTP port is taken. */
    EmbedInService(MtProxyBuilder builder, int httpPort) throws IOException {
        proxy = builder.addObserver(new MicrometerProxyObserver(registry, "mtg"))
                .build();
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), httpPort), 0);
        http.createContext("/metrics", exchange -> answer(exchange, 200, registry.scrape()));
        http.createContext("/health", exchange -> {
            boolean healthy = isHealthy(proxy.stats());
            answer(exchange, healthy ? 200 : 503, healthy ? "ok\n" : "the proxy is stopping, or hangs\n");
        });
    }

    /** Runs until the process is ended. */
    public static void main(String[] args) throws Exception {
        Foreground.main(() -> {
            EmbedInService service = new EmbedInService(Foreground.builder(args), Foreground.number(args, 2, 8080));
            Runtime.getRuntime().addShutdownHook(new Thread(service::close));
            service.start();
            System.out.print(service.proxy().links().toJson());
            System.out.println("http://" + service.httpAddress() + "/health");
            Thread.currentThread().join();
        });
    }

    /** Starts everything; whoever calls it closes the service also if this fails. */
    void start() {
        proxy.start();
        http.start();
    }

    MtProxy proxy() {
        return proxy;
    }

    String httpAddress() {
        return "127.0.0.1:" + http.getAddress().getPort();
    }

    PrometheusMeterRegistry registry() {
        return registry;
    }

    /** It takes clients, and no event loop hangs: a healthy one turns once a second. */
    static boolean isHealthy(ProxyStats stats) {
        return stats.listening() && stats.alive();
    }

    private void answer(HttpExchange exchange, int status, String text) throws IOException {
        requests.increment();
        byte[] body = text.getBytes(UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Stops the proxy, then what watches it. */
    @Override
    public void close() {
        proxy.stop(DRAIN);
        http.stop(0);
        registry.close();
    }
}
