package io.github.mtgjava.internal.session;

import io.github.mtgjava.internal.ProxyConfig;
import io.github.mtgjava.internal.access.AddressCounts;
import io.github.mtgjava.internal.access.ClientLimits;
import io.github.mtgjava.internal.access.Rate;
import java.net.InetAddress;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** How many there are on all loops together, and whether they are too many. Thread-safe. */
public final class Crowd {

    private final int maxConnections;
    private final ClientLimits limits;
    private final LongSupplier openConnections;
    private final LongSupplier handshakes;
    private final AddressCounts addresses = new AddressCounts();
    private final PreludeMemory preludes;
    private final @Nullable Rate rate;

    /**
     * Of one proxy.
     *
     * @param openConnections how many there are; thread-safe
     * @param handshakes how many of them are in their handshake; thread-safe
     */
    public Crowd(ProxyConfig config, LongSupplier openConnections, LongSupplier handshakes) {
        this.maxConnections = config.maxConnections();
        this.limits = config.limits();
        this.preludes = new PreludeMemory(config.maxPreludeBytes());
        this.openConnections = openConnections;
        this.handshakes = handshakes;
        int perSecond = limits.handshakesPerSecond();
        this.rate = perSecond == 0 ? null : new Rate(perSecond, config.ticker().nanos());
    }

    /** One more connection of that address; how many it has now, or 0 if that does not matter. */
    int enter(InetAddress client) {
        return limits.connectionsPerAddress() == 0 ? 0 : addresses.enter(client);
    }

    /** One less: has to follow on each {@link #enter}. */
    void leave(InetAddress client) {
        if (limits.connectionsPerAddress() != 0) {
            addresses.leave(client);
        }
    }

    /** Whether an address has more connections than allowed, the one that asks included. */
    boolean isOverAddressLimit(int ofAddress) {
        return ofAddress > limits.connectionsPerAddress();
    }

    /** Whether an address has so many that it is not worth showing it anything. */
    boolean isFarOverAddressLimit(int ofAddress) {
        return isFarOver(limits.connectionsPerAddress(), ofAddress);
    }

    /** Whether there are more connections than allowed, the one that asks included. */
    boolean isOverLimit() {
        return openConnections.getAsLong() > maxConnections;
    }

    /** Whether there are so many that those who are let in might lack descriptors if this one got any. */
    boolean isFarOverLimit() {
        return isFarOver(maxConnections, openConnections.getAsLong());
    }

    private static boolean isFarOver(int limit, long count) {
        return count > (long) limit + ProxyConfig.refusedAtOnce(limit);
    }

    /** What is kept of those who are not let in yet, or never. */
    PreludeMemory preludes() {
        return preludes;
    }

    /** Whether no more handshakes may be in progress, but for one that {@code isCounted} already. */
    boolean hasAllHandshakes(boolean isCounted) {
        return limits.handshakes() != 0 && handshakes.getAsLong() - (isCounted ? 1 : 0) >= limits.handshakes();
    }

    /** Whether another handshake may begin now; it is taken to do so. */
    boolean takesHandshake(long now) {
        return rate == null || rate.tryTake(now);
    }
}
