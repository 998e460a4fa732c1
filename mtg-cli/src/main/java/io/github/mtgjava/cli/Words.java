package io.github.mtgjava.cli;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How constants, addresses and numbers are written in logs. */
public final class Words {

    private Words() {}

    /** A constant in lower case, as in {@code client_closed}. */
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** A connection's id in hex. */
    static String id(long connection) {
        return Long.toHexString(connection);
    }

    /** An address as options have it: {@code host:port}, {@code [v6]:port}. Never looks a name up. */
    public static String of(InetSocketAddress address) {
        String host = address.isUnresolved()
                ? address.getHostString()
                : address.getAddress().getHostAddress();
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    /** Several, one after the other. */
    public static String addresses(List<InetAddress> addresses) {
        return addresses.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "));
    }
}
