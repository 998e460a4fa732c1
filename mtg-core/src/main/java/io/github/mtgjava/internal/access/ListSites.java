package io.github.mtgjava.internal.access;

import io.github.mtgjava.internal.fetch.CacheDirectory;
import io.github.mtgjava.internal.fetch.Download;
import io.github.mtgjava.internal.fetch.Download.Arrival;
import io.github.mtgjava.internal.fetch.Waiting;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lists that come from web sites, fetched side by side, and their copies on disk. For one thread at a time. */
final class ListSites implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ListSites.class);

    private final List<ListUrl> urls;
    private final InstantSource clock;
    private final Waiting waiting;
    private final @Nullable CacheDirectory cache;
    private @Nullable Download download;
    private boolean closed;

    /** Nothing is fetched yet. */
    ListSites(List<ListUrl> urls, Optional<Path> cacheDirectory, InstantSource clock, Waiting waiting) {
        this.urls = urls;
        this.clock = clock;
        this.waiting = waiting;
        this.cache = cacheDirectory.map(CacheDirectory::new).orElse(null);
    }

    /**
     * Fetches all of them once.
     *
     * @param limit for all together
     * @return whether all of them came and were good
     */
    boolean fetchAll(Duration limit) throws InterruptedException {
        Download client = client();
        if (client == null) {
            return false;
        }
        long deadline = waiting.nanos() + limit.toNanos();
        Map<ListUrl, CompletableFuture<HttpResponse<Arrival>>> started = new LinkedHashMap<>();
        urls.forEach(url -> started.put(url, client.start(url.url(), url.maxBytes(), limit)));
        boolean good = true;
        for (Map.Entry<ListUrl, CompletableFuture<HttpResponse<Arrival>>> answer : started.entrySet()) {
            ListUrl url = answer.getKey();
            try {
                HttpResponse<Arrival> response = client.await(answer.getValue(), deadline - waiting.nanos());
                good &= take(url, response.body().bytes());
            } catch (IOException failure) {
                good = false;
                if (!waiting.isStopped()) {
                    url.list().fail(String.valueOf(failure.getMessage()));
                }
            }
        }
        return good;
    }

    /** With the first use: the JDK's client has threads. Null when there is nothing to be fetched any more. */
    private synchronized @Nullable Download client() {
        if (download == null && !closed) {
            download = new Download(clock);
        }
        return closed ? null : download;
    }

    private boolean take(ListUrl url, byte[] content) {
        boolean good = url.list().take(content);
        if (good && cache != null) {
            cache.write(url, content, clock.instant());
        }
        return good;
    }

    /** Takes from disk what no site has given. */
    void takeCopies() {
        if (cache == null) {
            return;
        }
        for (ListUrl url : urls) {
            if (!url.list().isLoaded()) {
                cache.read(url).ifPresent(copy -> {
                    url.list().takeCopy(copy.bytes());
                    LOG.atWarn()
                            .addKeyValue("event", "access_list_from_cache")
                            .addKeyValue("confirmed_at", copy.confirmedAt())
                            .log("using the cached copy of {}", url.title());
                });
            }
        }
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
