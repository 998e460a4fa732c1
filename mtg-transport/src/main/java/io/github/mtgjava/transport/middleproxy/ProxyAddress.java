package io.github.mtgjava.transport.middleproxy;

import io.github.mtgjava.transport.ip.IpText;
import java.util.Arrays;

/** Where a middle proxy is. Immutable. */
public final class ProxyAddress {

    private final byte[] ip;
    private final int port;

    /** With checked values, the array not being used otherwise. */
    ProxyAddress(byte[] ip, int port) {
        this.ip = ip;
        this.port = port;
    }

    /** A copy of the 4 or 16 bytes of the IP address, in network order. */
    public byte[] ip() {
        return ip.clone();
    }

    /** The port, 1 to 65535. */
    public int port() {
        return port;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ProxyAddress address && port == address.port && Arrays.equals(ip, address.ip);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(ip) + port;
    }

    /** As in Telegram's list; IPv6 in its short form. */
    @Override
    public String toString() {
        return IpText.of(ip) + ":" + port;
    }
}
