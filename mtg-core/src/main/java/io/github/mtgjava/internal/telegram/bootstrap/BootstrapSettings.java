package io.github.mtgjava.internal.telegram.bootstrap;

import io.github.mtgjava.IpFamily;
import io.github.mtgjava.PreferIp;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How fetching is done.
 *
 * @param preferIp which middle proxies are used at all
 * @param cacheDirectory for copies; none are kept if it is empty
 * @param refreshInterval from one good fetch to the next
 * @param startTimeout how long the start may wait; zero: for ever
 * @param requestTimeout for all documents together, their bodies included
 */
public record BootstrapSettings(
        PreferIp preferIp,
        URI secretUrl,
        URI configUrl,
        URI configV6Url,
        Optional<Path> cacheDirectory,
        Duration refreshInterval,
        Duration startTimeout,
        Duration requestTimeout) {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

    /** With the usual limit on a request. */
    public static BootstrapSettings of(
            PreferIp preferIp,
            URI secretUrl,
            URI configUrl,
            URI configV6Url,
            Optional<Path> cacheDirectory,
            Duration refreshInterval,
            Duration startTimeout) {
        return new BootstrapSettings(
                preferIp,
                secretUrl,
                configUrl,
                configV6Url,
                cacheDirectory,
                refreshInterval,
                startTimeout,
                REQUEST_TIMEOUT);
    }

    URI url(Document document) {
        return switch (document) {
            case SECRET -> secretUrl;
            case CONFIG -> configUrl;
            case CONFIG_V6 -> configV6Url;
        };
    }

    /** Whether something is missing without it. Most machines have no IPv6, and those that have both can do without it. */
    boolean isEssential(Document document) {
        return switch (document) {
            case SECRET -> true;
            case CONFIG -> preferIp.allows(IpFamily.IPV4);
            case CONFIG_V6 -> !preferIp.allows(IpFamily.IPV4);
        };
    }

    /** Whether links can be made with that list. */
    boolean isUsable(Document list) {
        return preferIp.allows(list == Document.CONFIG ? IpFamily.IPV4 : IpFamily.IPV6);
    }
}
