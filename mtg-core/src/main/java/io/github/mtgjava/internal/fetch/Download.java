package io.github.mtgjava.internal.fetch;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Fetches documents with the JDK's client, each within a time and of a bounded size. Thread-safe. */
public final class Download implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final int OK = 200;

    private final InstantSource clock;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "mtg-download");
        thread.setDaemon(true);
        return thread;
    });
    /** A few small documents an hour do not need HTTP/2, whose many settings and streams are one more thing that can fail. */
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .executor(threads)
            .build();

    /** Those under way, so that closing can end the wait for them. */
    private final Queue<CompletableFuture<HttpResponse<Arrival>>> started = new ConcurrentLinkedQueue<>();

    private volatile boolean closed;

    /** With the clock that tells when answers came. */
    public Download(InstantSource clock) {
        this.clock = clock;
    }

    /** A document, and when the head of its answer came. */
    public static final class Arrival {

        private final byte[] bytes;
        private final Instant headAt;

        Arrival(byte[] bytes, Instant headAt) {
            this.bytes = bytes;
            this.headAt = headAt;
        }

        /** All of it. */
        public byte[] bytes() {
            return bytes;
        }

        /** By our clock. */
        public Instant headAt() {
            return headAt;
        }
    }

    /**
     * Asks for a document; the answer may have any status.
     *
     * @param maxBytes of which it must not have more
     * @param limit for the head of the answer
     */
    public CompletableFuture<HttpResponse<Arrival>> start(URI url, int maxBytes, Duration limit) {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(limit)
                .header("User-Agent", "mtg-java")
                .header("Accept", "*/*")
                .build();
        CompletableFuture<HttpResponse<Arrival>> answer = send(request, maxBytes);
        started.removeIf(CompletableFuture::isDone);
        started.add(answer);
        if (closed) {
            answer.cancel(true);
        }
        return answer;
    }

    private CompletableFuture<HttpResponse<Arrival>> send(HttpRequest request, int maxBytes) {
        try {
            return client.sendAsync(request, head -> receive(head, maxBytes));
        } catch (RejectedExecutionException stopped) {
            return CompletableFuture.failedFuture(new IOException("stopped", stopped));
        }
    }

    private HttpResponse.BodySubscriber<Arrival> receive(HttpResponse.ResponseInfo head, int maxBytes) {
        Instant now = clock.instant();
        String excess = head.statusCode() == OK ? "it has more than " + maxBytes + " bytes" : fault(head.statusCode());
        return HttpResponse.BodySubscribers.mapping(
                new LimitedBody(maxBytes, excess), bytes -> new Arrival(bytes, now));
    }

    private static String fault(int status) {
        return "the answer has status " + status;
    }

    /**
     * The document, if it is a good one as far as HTTP goes.
     *
     * @param nanosLeft for it, body included; it is given up then
     * @throws IOException with words that say what is wrong
     */
    public HttpResponse<Arrival> await(CompletableFuture<HttpResponse<Arrival>> answer, long nanosLeft)
            throws IOException, InterruptedException {
        try {
            HttpResponse<Arrival> response = answer.get(Math.max(0, nanosLeft), TimeUnit.NANOSECONDS);
            if (response.statusCode() != OK) {
                throw new IOException(fault(response.statusCode()));
            }
            return response;
        } catch (TimeoutException late) {
            throw new IOException("no complete answer in time", late);
        } catch (CancellationException stopped) {
            throw new IOException("stopped", stopped);
        } catch (ExecutionException failed) {
            throw new IOException(words(failed), failed);
        } finally {
            answer.cancel(true);
            // They may be large, and are not needed for closing any more.
            started.removeIf(CompletableFuture::isDone);
        }
    }

    /** The JDK's client often says nothing but the name of a class. */
    private static String words(ExecutionException failed) {
        Throwable cause = failed.getCause() != null ? failed.getCause() : failed;
        String message = cause.getMessage();
        return message != null && !message.isBlank()
                ? message
                : cause.getClass().getSimpleName();
    }

    /** Ends all waiting for answers. */
    @Override
    public void close() {
        closed = true;
        started.forEach(answer -> answer.cancel(true));
        threads.shutdownNow();
    }
}
