package io.github.mtgjava.internal.telegram.bootstrap;

import io.github.mtgjava.internal.fetch.CacheDirectory;
import io.github.mtgjava.transport.middleproxy.ProxyList;
import io.github.mtgjava.transport.middleproxy.ProxySecret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The documents that are in use, each as fresh as it could be had, and their copies on disk. Written by one thread at a time;
 * what is in use can be read by any.
 */
final class Holdings {

    private static final Logger LOG = LoggerFactory.getLogger(Holdings.class);

    private final BootstrapSettings settings;
    private final @Nullable CacheDirectory cache;
    private final InstantSource clock;
    private final Map<Document, byte[]> contents = new EnumMap<>(Document.class);
    private final Map<Document, Instant> confirmedAt = new EnumMap<>(Document.class);
    private volatile @Nullable MiddleProxyData current;
    private volatile @Nullable Instant oldest;

    Holdings(BootstrapSettings settings, InstantSource clock) {
        this.settings = settings;
        this.cache = settings.cacheDirectory().map(CacheDirectory::new).orElse(null);
        this.clock = clock;
    }

    /** Whether links can be made with what there is. */
    boolean areUsable() {
        return current != null;
    }

    MiddleProxyData current() {
        MiddleProxyData data = current;
        if (data == null) {
            throw new IllegalStateException("there is no secret and no list yet");
        }
        return data;
    }

    /** Zero if there is nothing. */
    long ageMillis() {
        Instant confirmed = oldest;
        return confirmed == null ? 0 : age(confirmed).toMillis();
    }

    private Duration age(Instant confirmed) {
        Duration age = Duration.between(confirmed, clock.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }

    /** A good document has just come from the site. */
    void confirm(Document document, byte[] bytes) {
        Instant now = clock.instant();
        put(document, bytes, now);
        if (cache != null) {
            cache.write(document, bytes, now);
        }
    }

    /** Takes from disk what the site has not given. */
    void takeCopies() {
        if (cache == null) {
            return;
        }
        for (Document document : Document.values()) {
            if (contents.containsKey(document)) {
                continue;
            }
            cache.read(document).ifPresent(copy -> {
                put(document, copy.bytes(), copy.confirmedAt());
                LOG.atWarn()
                        .addKeyValue("event", "bootstrap_from_cache")
                        .addKeyValue("confirmed_at", copy.confirmedAt())
                        .addKeyValue("age_seconds", age(copy.confirmedAt()).toSeconds())
                        .log("using the cached copy of {}", document.title());
            });
        }
    }

    private void put(Document document, byte[] bytes, Instant confirmed) {
        contents.put(document, bytes);
        confirmedAt.put(document, confirmed);
        byte[] secret = contents.get(Document.SECRET);
        ProxyList ipv4 = list(Document.CONFIG);
        ProxyList ipv6 = list(Document.CONFIG_V6);
        boolean servesIpv4 = settings.isUsable(Document.CONFIG) && !ipv4.isEmpty();
        boolean servesIpv6 = settings.isUsable(Document.CONFIG_V6) && !ipv6.isEmpty();
        if (secret != null && (servesIpv4 || servesIpv6)) {
            current = new MiddleProxyData(ProxySecret.of(secret), ipv4, ipv6);
        }
        Document neededList = servesIpv4 ? Document.CONFIG : Document.CONFIG_V6;
        oldest = earlier(confirmedAt.get(Document.SECRET), confirmedAt.get(neededList));
    }

    private ProxyList list(Document document) {
        byte[] bytes = contents.get(document);
        return bytes == null ? ProxyList.EMPTY : Document.list(bytes);
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return null;
        }
        return one.isBefore(other) ? one : other;
    }
}
