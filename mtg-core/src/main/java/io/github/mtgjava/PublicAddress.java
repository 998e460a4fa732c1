package io.github.mtgjava;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What may stand for a public address: a name, or an address of the right family that somebody could connect to. */
final class PublicAddress {

    private PublicAddress() {}

    static InetSocketAddress checked(String option, InetSocketAddress value, IpFamily family) {
        Objects.requireNonNull(value, option);
        InetAddress address = value.isUnresolved() ? literal(value.getHostString()) : value.getAddress();
        if (address != null && !family.has(address)) {
            throw new IllegalArgumentException(
                    option + ": " + address.getHostAddress() + " is no " + family + " address");
        }
        if (address != null && address.isAnyLocalAddress()) {
            throw new IllegalArgumentException(option + ": nobody can connect to " + address.getHostAddress());
        }
        return value;
    }

    /** The address that is written like this, also behind the name of an interface; null for a name. */
    private static @Nullable InetAddress literal(String host) {
        try {
            return IpPrefix.parse(host.replaceFirst("%.*", "")).address();
        } catch (IllegalArgumentException aName) {
            return null;
        }
    }
}
