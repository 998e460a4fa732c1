package io.github.mtgjava.internal.telegram.bootstrap;

import io.github.mtgjava.internal.fetch.Download;
import io.github.mtgjava.internal.fetch.Download.Arrival;
import io.github.mtgjava.internal.fetch.Urls;
import io.github.mtgjava.internal.fetch.Waiting;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches all documents once, side by side, and hands on those that are good. For one thread at a time, but for the figures. */
final class Fetcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Fetcher.class);

    private final BootstrapSettings settings;
    private final InstantSource clock;
    private final Waiting waiting;
    private final Holdings holdings;
    private final ClockCheck clockCheck = new ClockCheck();
    private final AtomicLong successes = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final Map<Document, String> faults = new EnumMap<>(Document.class);
    private final Map<Document, Integer> skippedLines = new EnumMap<>(Document.class);
    private @Nullable Download download;
    private boolean closed;

    Fetcher(BootstrapSettings settings, InstantSource clock, Waiting waiting, Holdings holdings) {
        this.settings = settings;
        this.clock = clock;
        this.waiting = waiting;
        this.holdings = holdings;
    }

    /**
     * Fetches them.
     *
     * @param limit for all together
     * @return whether all that is essential came, so that there is no need to try again soon
     */
    boolean fetchAll(Duration limit) throws InterruptedException {
        Download client = open();
        if (client == null) {
            return false;
        }
        Instant asked = clock.instant();
        long deadline = waiting.nanos() + limit.toNanos();
        Map<Document, CompletableFuture<HttpResponse<Arrival>>> started = new EnumMap<>(Document.class);
        for (Document document : Document.values()) {
            started.put(document, client.start(settings.url(document), document.maxBytes(), limit));
        }
        boolean good = true;
        boolean clockChecked = false;
        for (Map.Entry<Document, CompletableFuture<HttpResponse<Arrival>>> answer : started.entrySet()) {
            Document document = answer.getKey();
            try {
                HttpResponse<Arrival> response = client.await(answer.getValue(), deadline - waiting.nanos());
                if (!clockChecked) {
                    clockChecked = clockCheck.check(
                            response.headers(), asked, response.body().headAt());
                }
                take(document, response.body().bytes());
            } catch (IOException failure) {
                onFailure(document, String.valueOf(failure.getMessage()));
                good &= !settings.isEssential(document);
            }
        }
        return good;
    }

    private synchronized @Nullable Download open() {
        if (download == null && !closed) {
            download = new Download(clock);
        }
        return closed ? null : download;
    }

    private void take(Document document, byte[] bytes) throws IOException {
        String fault = document.fault(bytes);
        if (fault != null) {
            throw new IOException("it " + fault);
        }
        successes.incrementAndGet();
        if (faults.remove(document) != null) {
            LOG.atInfo().addKeyValue("event", "refresh_recovered").log("{} is there again", document.title());
        }
        reportSkipped(document, bytes);
        holdings.confirm(document, bytes);
    }

    /** Every hour only if it has changed. */
    private void reportSkipped(Document document, byte[] bytes) {
        int skipped = document == Document.SECRET ? 0 : Document.list(bytes).skippedLines();
        Integer before = skippedLines.put(document, skipped);
        if (skipped > 0 && (before == null || before != skipped)) {
            LOG.atWarn()
                    .addKeyValue("event", "lines_skipped")
                    .addKeyValue("lines", skipped)
                    .log("{} has lines that nobody understands; the others are used", document.title());
        }
    }

    private void onFailure(Document document, String fault) {
        if (waiting.isStopped()) {
            return;
        }
        failures.incrementAndGet();
        // The same trouble every hour is no news, unless somebody waits for its end.
        if (!fault.equals(faults.put(document, fault)) || !holdings.areUsable()) {
            LOG.atWarn()
                    .addKeyValue("event", "refresh_failed")
                    .addKeyValue("url", Urls.plain(settings.url(document)))
                    .addKeyValue("cause", fault)
                    .log("cannot fetch {}", document.title());
        }
    }

    /** What went wrong last, for a message. */
    String lastFault() {
        return faults.entrySet().stream()
                .map(fault -> fault.getKey().title() + " from "
                        + settings.url(fault.getKey()).getHost() + ": " + fault.getValue())
                .findFirst()
                .orElse("no answer");
    }

    long successes() {
        return successes.get();
    }

    long failures() {
        return failures.get();
    }

    Optional<Duration> clockOffset() {
        return clockCheck.offset();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (download != null) {
            download.close();
            // The client's own thread ends when nobody has the client any more.
            download = null;
        }
    }
}
