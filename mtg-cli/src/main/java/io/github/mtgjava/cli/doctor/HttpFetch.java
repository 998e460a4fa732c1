package io.github.mtgjava.cli.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
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
 * {@link Fetch} by the JDK's client. That one asks the system's resolver and nobody else, so {@code --resolve} has no say
 * here.
 */
final class HttpFetch implements Fetch {

    /** Of a document: far more than any that is asked for. */
    static final int MAX_BYTES = 64 * 1024;

    private final HttpClient client;
    private final Duration limit;

    /**
     * Makes one.
     *
     * @param trust whom to believe who they are
     * @param limit for one request, from looking up the host to the last byte
     */
    HttpFetch(SSLContext trust, Duration limit) {
        // 1.1: over plain HTTP the client would ask for an upgrade to 2, which confuses small servers.
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .sslContext(trust)
                .build();
        this.limit = limit;
    }

    /** On a thread of its own, as the client's time limit ends with the header. */
    @Override
    public Answer get(URI url) throws IOException, InterruptedException {
        FutureTask<Answer> task = Daemons.start("fetch", () -> exchange(url));
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

    private Answer exchange(URI url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(limit)
                .header("User-Agent", "mtg-cli")
                .build();
        HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            byte[] bytes = body.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("the answer is longer than 64 KB");
            }
            Optional<String> date = response.headers().firstValue("Date");
            return new Answer(response.statusCode(), date, new String(bytes, StandardCharsets.ISO_8859_1));
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
