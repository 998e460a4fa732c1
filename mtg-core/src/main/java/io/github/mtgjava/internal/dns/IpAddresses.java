package io.github.mtgjava.internal.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** IP addresses, as codecs have them and as the JDK has them. */
public final class IpAddresses {

    private IpAddresses() {}

    /** Of 4 or 16 bytes in network order; nothing is looked up. */
    public static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException wrongLength) {
            throw new IllegalStateException("an address has 4 or 16 bytes", wrongLength);
        }
    }
}
