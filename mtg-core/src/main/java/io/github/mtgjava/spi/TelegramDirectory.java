package io.github.mtgjava.spi;

import io.github.mtgjava.internal.telegram.BuiltInDirectory;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Where Telegram's data centres are. Called on event loops, on several at once, for each client that is let in; must not block.
 * If it throws, that client is closed, and the fault counted and told as a crash.
 */
@FunctionalInterface
public interface TelegramDirectory {

    /**
     * The addresses of a DC, resolved, in order of preference within each family.
     *
     * @param dc the DC's number: 1 to 5, special ones such as 203, test DCs from 10001. Media DCs have the number of the
     *     DC they belong to
     * @return empty if the DC is unknown: the client is closed then
     */
    List<InetSocketAddress> addresses(int dc);

    /** This directory, but a DC that it does not know is answered with the addresses of another one. */
    default TelegramDirectory withFallback(int fallbackDc) {
        return dc -> {
            List<InetSocketAddress> known = addresses(dc);
            return known.isEmpty() ? addresses(fallbackDc) : known;
        };
    }

    /**
     * This directory, but the given DCs have the given addresses only.
     *
     * @param overrides by the DC's number; without addresses a DC is unknown
     * @throws IllegalArgumentException if an address is an unknown host, or has port 0
     */
    default TelegramDirectory withOverrides(Map<Integer, List<InetSocketAddress>> overrides) {
        overrides.forEach((dc, addresses) -> addresses.forEach(address -> {
            if (address.isUnresolved() || address.getPort() == 0) {
                throw new IllegalArgumentException(
                        "telegramDirectory: nothing can be connected at " + address + ", given for DC " + dc);
            }
        }));
        Map<Integer, List<InetSocketAddress>> copy = overrides.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, entry -> List.copyOf(entry.getValue())));
        return dc -> {
            List<InetSocketAddress> overridden = copy.get(dc);
            return overridden != null ? overridden : addresses(dc);
        };
    }

    /** The well-known addresses of DCs 1 to 5, 203 and the test DCs 10001 to 10003, IPv4 and IPv6. */
    static TelegramDirectory builtIn() {
        return BuiltInDirectory.INSTANCE;
    }
}
