package io.github.mtgjava.transport.socks5;

/**
 * The address and port that a SOCKS5 server says it connects from (BND.ADDR and BND.PORT). Many servers do not tell, and
 * give zeros. Immutable.
 */
public final class BoundAddress {

    private final boolean isName;
    private final byte[] address;
    private final int port;

    BoundAddress(boolean isName, byte[] address, int port) {
        this.isName = isName;
        this.address = address;
        this.port = port;
    }

    /** Whether it is a name, of 0 to 255 bytes of whatever the server likes, and no IP address. */
    public boolean isName() {
        return isName;
    }

    /** A copy of the 4 or 16 bytes of the IP address, or of the name. */
    public byte[] address() {
        return address.clone();
    }

    /** 0 to 65535; 0 if the server does not tell. */
    public int port() {
        return port;
    }
}
