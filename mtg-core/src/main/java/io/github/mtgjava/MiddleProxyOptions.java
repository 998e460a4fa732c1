package io.github.mtgjava;

import static io.github.mtgjava.Ranges.inRange;
import static io.github.mtgjava.WebUrls.checked;

import java.net.URI;
import java.time.Duration;

/**
 * How a proxy with an {@link AdTag} works with Telegram's middle proxies. Nothing of it matters without a tag. Immutable:
 * every method that changes something returns changed options and leaves these alone. It throws {@link
 * IllegalArgumentException} naming the option if the value is out of range.
 */
public final class MiddleProxyOptions {

    private static final int DEFAULT_MULTIPLEX_PER_CONNECTION = 50;
    private static final URI DEFAULT_SECRET_URL = URI.create("https://core.telegram.org/getProxySecret");
    private static final URI DEFAULT_CONFIG_URL = URI.create("https://core.telegram.org/getProxyConfig");
    private static final URI DEFAULT_CONFIG_V6_URL = URI.create("https://core.telegram.org/getProxyConfigV6");
    private static final Duration DEFAULT_REFRESH_INTERVAL = Duration.ofHours(1);
    private static final Duration DEFAULT_IDLE_LINK_TIMEOUT = Duration.ofMinutes(1);
    private static final int DEFAULT_MAX_MESSAGE_BYTES = 1 << 20;

    /** What fits a frame on a link, beside the 84 bytes that a request needs. */
    private static final int LARGEST_MAX_MESSAGE_BYTES = (16 << 20) - 96;

    private static final int SMALLEST_MAX_MESSAGE_BYTES = 1024;
    private static final MiddleProxyOptions DEFAULTS = new MiddleProxyOptions();

    private int multiplexPerConnection = DEFAULT_MULTIPLEX_PER_CONNECTION;
    private URI proxySecretUrl = DEFAULT_SECRET_URL;
    private URI proxyConfigUrl = DEFAULT_CONFIG_URL;
    private URI proxyConfigV6Url = DEFAULT_CONFIG_V6_URL;
    private Duration refreshInterval = DEFAULT_REFRESH_INTERVAL;
    private Duration startTimeout = Duration.ZERO;
    private Duration idleLinkTimeout = DEFAULT_IDLE_LINK_TIMEOUT;
    private int maxMessageBytes = DEFAULT_MAX_MESSAGE_BYTES;

    private MiddleProxyOptions() {}

    private MiddleProxyOptions(MiddleProxyOptions other) {
        multiplexPerConnection = other.multiplexPerConnection;
        proxySecretUrl = other.proxySecretUrl;
        proxyConfigUrl = other.proxyConfigUrl;
        proxyConfigV6Url = other.proxyConfigV6Url;
        refreshInterval = other.refreshInterval;
        startTimeout = other.startTimeout;
        idleLinkTimeout = other.idleLinkTimeout;
        maxMessageBytes = other.maxMessageBytes;
    }

    /** The defaults, which suit nearly everybody. */
    public static MiddleProxyOptions defaults() {
        return DEFAULTS;
    }

    /** How many clients share one connection to a middle proxy, 1 to 65536. Default 50. */
    public MiddleProxyOptions withMultiplexPerConnection(int clients) {
        MiddleProxyOptions changed = new MiddleProxyOptions(this);
        changed.multiplexPerConnection = inRange("multiplexPerConnection", clients, 1, 65_536);
        return changed;
    }

    /** Where the proxy secret is, http or https. Default {@code https://core.telegram.org/getProxySecret}. */
    public MiddleProxyOptions withProxySecretUrl(URI url) {
        MiddleProxyOptions changed = new MiddleProxyOptions(this);
        changed.proxySecretUrl = checked("proxySecretUrl", url);
        return changed;
    }

    /** Where the list of IPv4 middle proxies is, http or https. Default {@code https://core.telegram.org/getProxyConfig}. */
    public MiddleProxyOptions withProxyConfigUrl(URI url) {
        MiddleProxyOptions changed = new MiddleProxyOptions(this);
        changed.proxyConfigUrl = checked("proxyConfigUrl", url);
        return changed;
    }

    /** Where the list of IPv6 middle proxies is, http or https. Default {@code https://core.telegram.org/getProxyConfigV6}. */
    public MiddleProxyOptions withProxyConfigV6Url(URI url) {
        MiddleProxyOptions changed = new MiddleProxyOptions(this);
        changed.proxyConfigV6Url = checked("proxyConfigV6Url", url);
        return changed;
    }

    /** How often the secret and the lists are fetched anew, a second to a day; a tenth of it is random. Default 1 hour. */
    public MiddleProxyOptions withRefreshInterval(Duration interval) {
        MiddleProxyOptions changed = new MiddleProxyOptions(this);
        changed.refreshInterval = inRange("refreshInterval", interval, Duration.ofSeconds(1), Duration.ofDays(1));
        return changed;
    }

    /**
     * How long {@link MtProxy#start} may wait for the secret and a list, up to a day; zero waits until they come or the
     * proxy is stopped. Default zero: a proxy that starts with its host must outlast a network that comes up late.
     */
    public MiddleProxyOptions withStartTimeout(Duration limit) {
        MiddleProxyOptions changed = new MiddleProxyOptions(this);
        changed.startTimeout = inRange("startTimeout", limit, Duration.ZERO, Duration.ofDays(1));
        return changed;
    }

    /** How long a link without clients is kept for the next one, up to an hour. Default a minute. */
    public MiddleProxyOptions withIdleLinkTimeout(Duration limit) {
        MiddleProxyOptions changed = new MiddleProxyOptions(this);
        changed.idleLinkTimeout = inRange("idleLinkTimeout", limit, Duration.ZERO, Duration.ofHours(1));
        return changed;
    }

    /** The longest message that a client may send, 1024 to 16777120 bytes; a longer one ends it. Default 1 MiB. */
    public MiddleProxyOptions withMaxMessageBytes(int bytes) {
        MiddleProxyOptions changed = new MiddleProxyOptions(this);
        changed.maxMessageBytes =
                inRange("maxMessageBytes", bytes, SMALLEST_MAX_MESSAGE_BYTES, LARGEST_MAX_MESSAGE_BYTES);
        return changed;
    }

    /** See {@link #withMultiplexPerConnection}. */
    public int multiplexPerConnection() {
        return multiplexPerConnection;
    }

    /** See {@link #withProxySecretUrl}. */
    public URI proxySecretUrl() {
        return proxySecretUrl;
    }

    /** See {@link #withProxyConfigUrl}. */
    public URI proxyConfigUrl() {
        return proxyConfigUrl;
    }

    /** See {@link #withProxyConfigV6Url}. */
    public URI proxyConfigV6Url() {
        return proxyConfigV6Url;
    }

    /** See {@link #withRefreshInterval}. */
    public Duration refreshInterval() {
        return refreshInterval;
    }

    /** See {@link #withStartTimeout}. */
    public Duration startTimeout() {
        return startTimeout;
    }

    /** See {@link #withIdleLinkTimeout}. */
    public Duration idleLinkTimeout() {
        return idleLinkTimeout;
    }

    /** See {@link #withMaxMessageBytes}. */
    public int maxMessageBytes() {
        return maxMessageBytes;
    }
}
