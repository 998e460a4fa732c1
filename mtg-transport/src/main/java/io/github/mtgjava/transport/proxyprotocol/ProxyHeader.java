package io.github.mtgjava.transport.proxyprotocol;

import java.nio.ByteBuffer;

/** Writes headers of version 2. */
public final class ProxyHeader {

    private static final int MAPPED_ZEROS = 10;

    private ProxyHeader() {}

    /** The header of somebody who speaks for himself, as health checks do. */
    public static byte[] local() {
        return ByteBuffer.allocate(V2Layout.ADDRESSES_AT)
                .put(V2Layout.signature())
                .put((byte) (V2Layout.VERSION << 4 | V2Layout.LOCAL))
                .array();
    }

    /**
     * The header that tells of a TCP connection. Where the two ends are of different families, an IPv4 address is written as
     * the IPv6 address that stands for it.
     *
     * @return all that has to be sent before the connection's own bytes
     */
    public static byte[] of(ProxiedConnection connection) {
        TcpEnd source = connection.source();
        TcpEnd destination = connection.destination();
        boolean isIpv4 = source.isIpv4() && destination.isIpv4();
        int endsBytes = V2Layout.endsBytes(isIpv4 ? TcpEnd.IPV4_BYTES : TcpEnd.IPV6_BYTES);
        ByteBuffer header = ByteBuffer.allocate(V2Layout.ADDRESSES_AT + endsBytes)
                .put(V2Layout.signature())
                .put((byte) (V2Layout.VERSION << 4 | V2Layout.PROXY))
                .put((byte) (isIpv4 ? V2Layout.TCP_OVER_IPV4 : V2Layout.TCP_OVER_IPV6))
                .putShort((short) endsBytes)
                .put(isIpv4 ? source.address() : ipv6(source))
                .put(isIpv4 ? destination.address() : ipv6(destination))
                .putShort((short) source.port())
                .putShort((short) destination.port());
        return header.array();
    }

    private static byte[] ipv6(TcpEnd end) {
        if (!end.isIpv4()) {
            return end.address();
        }
        return ByteBuffer.allocate(TcpEnd.IPV6_BYTES)
                .position(MAPPED_ZEROS)
                .putShort((short) -1)
                .put(end.address())
                .array();
    }
}
