package io.github.mtgjava.internal.telegram;

import io.github.mtgjava.spi.TelegramDirectory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The addresses that Telegram's own clients are built with. */
public final class BuiltInDirectory implements TelegramDirectory {

    /** The one table. */
    public static final TelegramDirectory INSTANCE = new BuiltInDirectory();

    private static final int PORT = 443;

    private final Map<Integer, List<InetSocketAddress>> table = Map.of(
            1, at("149.154.175.50", "2001:b28:f23d:f001::a"),
            2, at("149.154.167.51", "95.161.76.100", "2001:67c:4e8:f002::a"),
            3, at("149.154.175.100", "2001:b28:f23d:f003::a"),
            4, at("149.154.167.91", "2001:67c:4e8:f004::a"),
            5, at("149.154.171.5", "2001:b28:f23f:f005::a"),
            203, at("91.105.192.100", "2a0a:f280:203:a:5000::100"),
            10_001, at("149.154.175.10", "2001:b28:f23d:f001::e"),
            10_002, at("149.154.167.40", "2001:67c:4e8:f002::e"),
            10_003, at("149.154.175.117", "2001:b28:f23d:f003::e"));

    private BuiltInDirectory() {}

    @Override
    public List<InetSocketAddress> addresses(int dc) {
        return table.getOrDefault(dc, List.of());
    }

    private static List<InetSocketAddress> at(String... literals) {
        return Arrays.stream(literals)
                .map(literal -> new InetSocketAddress(literal(literal), PORT))
                .toList();
    }

    /** No look-up happens: every argument is an address. */
    private static InetAddress literal(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(address + " is an address", impossible);
        }
    }
}
