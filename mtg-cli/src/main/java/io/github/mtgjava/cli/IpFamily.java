package io.github.mtgjava.cli;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;

/** IPv4 or IPv6. */
public enum IpFamily {
    /** IPv4. */
    IPV4("IPv4", Inet4Address.class, StandardProtocolFamily.INET),
    /** IPv6. */
    IPV6("IPv6", Inet6Address.class, StandardProtocolFamily.INET6);

    private final String label;
    private final Class<? extends InetAddress> addresses;
    private final StandardProtocolFamily sockets;

    IpFamily(String label, Class<? extends InetAddress> addresses, StandardProtocolFamily sockets) {
        this.label = label;
        this.addresses = addresses;
        this.sockets = sockets;
    }

    /** Whether the address is of this family. */
    public boolean has(InetAddress address) {
        return addresses.isInstance(address);
    }

    /** What sockets of this family are opened with. */
    StandardProtocolFamily sockets() {
        return sockets;
    }

    /** As people write it. */
    @Override
    public String toString() {
        return label;
    }
}
