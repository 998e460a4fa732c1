package io.github.mtgjava.transport.proxyprotocol;

import io.github.mtgjava.transport.ip.IpText;
import java.util.Arrays;

/** One end of a TCP connection: an IP address and a port. Immutable. */
public final class TcpEnd {

    static final int IPV4_BYTES = 4;
    static final int IPV6_BYTES = 16;
    static final int MAX_PORT = 65_535;

    private final byte[] address;
    private final int port;

    private TcpEnd(byte[] address, int port) {
        this.address = address;
        this.port = port;
    }

    /**
     * An address and a port.
     *
     * @param address 4 or 16 bytes in network order; copied
     * @param port 0 to 65535
     * @throws IllegalArgumentException if it is neither
     */
    public static TcpEnd of(byte[] address, int port) {
        if (address.length != IPV4_BYTES && address.length != IPV6_BYTES) {
            throw new IllegalArgumentException("an IP address has 4 or 16 bytes, not " + address.length);
        }
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("a port has 16 bits: " + port);
        }
        return new TcpEnd(address.clone(), port);
    }

    /** A copy of the 4 or 16 bytes of the IP address, in network order. */
    public byte[] address() {
        return address.clone();
    }

    /** The port. */
    public int port() {
        return port;
    }

    boolean isIpv4() {
        return address.length == IPV4_BYTES;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TcpEnd end && port == end.port && Arrays.equals(address, end.address);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(address) + port;
    }

    /** As people write it: {@code 203.0.113.5:443}, {@code [2001:db8::1]:443}. */
    @Override
    public String toString() {
        return IpText.of(address) + ":" + port;
    }
}
