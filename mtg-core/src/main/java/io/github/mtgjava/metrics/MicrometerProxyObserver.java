package io.github.mtgjava.metrics;

import io.github.mtgjava.IpFamily;
import io.github.mtgjava.LinkCloseReason;
import io.github.mtgjava.ProxyStats;
import io.github.mtgjava.spi.Admission;
import io.github.mtgjava.spi.Ending;
import io.github.mtgjava.spi.ProxyObserver;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Shows a proxy in a Micrometer registry. The project's README lists the meters, {@code docs/metrics.md} the values of tags.
 *
 * <pre>{@code
 * MtProxy.builder()
 *         .secret(secret)
 *         .addObserver(new MicrometerProxyObserver(registry, "mtg"))
 * }</pre>
 *
 * <p>Levels and totals are read from the proxy's own counters when the registry asks for them: however much traffic there
 * is, they cost nothing. Only durations are recorded as they happen, one a handshake, one a connection to Telegram, one a
 * session, two a link. No meter has a tag whose values a client could choose. All meters exist from the start of the proxy on, with
 * zeros, and are removed when it has stopped.
 *
 * <p>One instance serves one proxy: given to a second one it shows nothing of that, which is logged. Two proxies in one registry
 * need different prefixes: with the same, figures of one are lost or mixed with the other's, and nothing says so. Thread-safe.
 */
@SuppressWarnings("exports") // whoever calls the constructor has micrometer
public final class MicrometerProxyObserver implements ProxyObserver {

    private static final Pattern PREFIX = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_.]*");

    private final MeterRegistry registry;
    private final String prefix;

    private volatile @Nullable ProxyMeters meters;

    /**
     * An observer for one proxy.
     *
     * @param prefix of the meters' names, such as {@code mtg}; letters, digits, underscores and dots, no digit or dot first
     * @throws IllegalArgumentException if the prefix is none
     */
    public MicrometerProxyObserver(MeterRegistry registry, String prefix) {
        this.registry = Objects.requireNonNull(registry, "registry");
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "prefix: letters, digits, underscores and dots, such as mtg, not '" + prefix + "'");
        }
        this.prefix = prefix;
    }

    /** Registers the meters. */
    @Override
    public void started(Supplier<ProxyStats> stats) {
        if (meters != null) {
            throw new IllegalStateException("an observer serves one proxy: give the second one its own");
        }
        meters = ProxyMeters.register(registry, prefix + ".", stats);
    }

    /** Removes them. */
    @Override
    public void stopped() {
        meters().removeFrom(registry);
    }

    @Override
    public void handshakeDone(Admission admission) {
        meters().handshake().record(admission.duration());
    }

    @Override
    public void telegramConnected(long connection, int dc, InetSocketAddress address, Duration duration) {
        meters().telegramConnect(IpFamily.of(address.getAddress()), true).record(duration);
    }

    @Override
    public void telegramConnectFailed(long connection, int dc, InetSocketAddress address, Duration duration) {
        meters().telegramConnect(IpFamily.of(address.getAddress()), false).record(duration);
    }

    @Override
    public void linkOpened(long link, int dc, InetSocketAddress address, Duration duration) {
        meters().linkOpen().record(duration);
    }

    @Override
    public void linkClosed(long link, int dc, LinkCloseReason reason, int clients, Duration duration) {
        meters().linkLifetime().record(duration);
    }

    @Override
    public void closed(Ending ending) {
        if (ending.admitted()) {
            meters().session().record(ending.duration());
        }
    }

    private ProxyMeters meters() {
        ProxyMeters registered = meters;
        if (registered == null) {
            throw new IllegalStateException("the proxy has not started");
        }
        return registered;
    }
}
