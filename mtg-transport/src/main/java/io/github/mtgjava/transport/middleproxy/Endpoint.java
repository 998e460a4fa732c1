package io.github.mtgjava.transport.middleproxy;

import java.util.Arrays;

/** One end of a link, as the other end sees it. Immutable. */
public final class Endpoint {

    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final int MAPPED_MARK_AT = 10;
    private static final int MAX_PORT = 65_535;

    private final byte[] address;
    private final int port;

    private Endpoint(byte[] address, int port) {
        this.address = address;
        this.port = port;
    }

    /**
     * An address and a port. An IPv6 address that stands for an IPv4 one counts as that.
     *
     * @param address 4 or 16 bytes in network order
     * @param port 0 to 65535
     * @throws IllegalArgumentException if it is neither
     */
    public static Endpoint of(byte[] address, int port) {
        if (address.length != IPV4_BYTES && address.length != IPV6_BYTES) {
            throw new IllegalArgumentException("an IP address has 4 or 16 bytes, not " + address.length);
        }
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("a port has 16 bits: " + port);
        }
        return new Endpoint(
                isMapped(address) ? Arrays.copyOfRange(address, IPV6_BYTES - IPV4_BYTES, IPV6_BYTES) : address.clone(),
                port);
    }

    private static boolean isMapped(byte[] address) {
        if (address.length != IPV6_BYTES) {
            return false;
        }
        for (int i = 0; i < MAPPED_MARK_AT; i++) {
            if (address[i] != 0) {
                return false;
            }
        }
        return address[MAPPED_MARK_AT] == -1 && address[MAPPED_MARK_AT + 1] == -1;
    }

    boolean isIpv4() {
        return address.length == IPV4_BYTES;
    }

    /** Not to be changed. */
    byte[] address() {
        return address;
    }

    int port() {
        return port;
    }
}
