package io.github.mtgjava.cli.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/**
 * {@link Fetch} by the JDK's client, which asks as a proxy with an ad tag does. It asks the system's resolver and nobody else,
 * so {@code --resolve} has no say here.
 */
final class HttpFetch implements Fetch {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient client;
    private final Duration limit;

    /**
     * Makes one.
     *
     * @param trust whom to believe who they are
     * @param redirects which to follow
     * @param limit for one document, from looking up the host to the last byte
     */
    HttpFetch(SSLContext trust, Redirect redirects, Duration limit) {
        // 1.1: over plain HTTP the client would ask for an upgrade to 2, which confuses small servers.
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(redirects)
                .sslContext(trust)
                .build();
        this.limit = limit;
    }

    /** On a thread of its own, as the client's time limit ends with the header. */
    @Override
    public Answer get(URI url, int maxBytes) throws IOException, InterruptedException {
        FutureTask<Answer> task = Daemons.start("fetch", () -> exchange(url, maxBytes));
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new IOException("no answer within " + Times.text(limit), late);
        } catch (ExecutionException e) {
            throw new IOException(reason(e), e);
        } finally {
            // The interrupt closes the connection.
            task.cancel(true);
        }
    }

    private Answer exchange(URI url, int maxBytes) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(limit)
                .header("User-Agent", "mtg-java")
                .header("Accept", "*/*")
                .build();
        HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            Optional<String> date = response.headers().firstValue("Date");
            String bytes = new String(body.readNBytes(maxBytes), StandardCharsets.ISO_8859_1);
            return new Answer(response.statusCode(), date, bytes);
        }
    }

    /** The deepest message: the client wraps what happened, and its own exceptions often have none. */
    private static String reason(ExecutionException failure) {
        String reason = "no connection";
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            reason = cause instanceof UnresolvedAddressException
                    ? "its host is unknown"
                    : Objects.requireNonNullElse(cause.getMessage(), reason);
        }
        return reason;
    }
}
