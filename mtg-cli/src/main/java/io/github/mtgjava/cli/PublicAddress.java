package io.github.mtgjava.cli;

import io.github.mtgjava.IpFamily;
import java.net.InetSocketAddress;
import picocli.CommandLine.ITypeConverter;

/** Reads {@code host[:port]}; a host that is an IP address must be of one family. Names are not looked up. */
public abstract class PublicAddress implements ITypeConverter<InetSocketAddress> {

    private final IpFamily family;

    private PublicAddress(IpFamily family) {
        this.family = family;
    }

    /** Of {@code -4}. */
    public static final class Ipv4 extends PublicAddress {
        Ipv4() {
            super(IpFamily.IPV4);
        }
    }

    /** Of {@code -6}. */
    public static final class Ipv6 extends PublicAddress {
        Ipv6() {
            super(IpFamily.IPV6);
        }
    }

    @Override
    public InetSocketAddress convert(String text) {
        HostPort typed = HostPort.parse(text);
        if (typed.host().isEmpty() || typed.port() == 0) {
            throw new IllegalArgumentException("expected host or host:port, not '" + text + "'");
        }
        InetSocketAddress address = typed.unlooked();
        if (!address.isUnresolved() && !family.has(address.getAddress())) {
            throw new IllegalArgumentException("'" + text + "' is no " + family + " address");
        }
        if (!address.isUnresolved() && address.getAddress().isAnyLocalAddress()) {
            throw new IllegalArgumentException("nobody can connect to '" + text + "'");
        }
        return address;
    }
}
