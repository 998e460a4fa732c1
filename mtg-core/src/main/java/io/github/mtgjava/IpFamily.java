package io.github.mtgjava;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Objects;

/** The two kinds of addresses that connections come from and go to. */
public enum IpFamily {
    /** IPv4, also where the socket is an IPv6 one that took an IPv4 client. */
    IPV4("IPv4"),
    /** IPv6. */
    IPV6("IPv6");

    private final String label;

    IpFamily(String label) {
        this.label = label;
    }

    /** The family of an address. */
    public static IpFamily of(InetAddress address) {
        Objects.requireNonNull(address, "address");
        return address instanceof Inet6Address ? IPV6 : IPV4;
    }

    /** Whether the address is of this family. */
    public boolean has(InetAddress address) {
        return of(address) == this;
    }

    /** As people write it. */
    @Override
    public String toString() {
        return label;
    }
}
