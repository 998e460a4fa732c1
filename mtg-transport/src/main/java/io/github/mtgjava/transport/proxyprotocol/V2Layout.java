package io.github.mtgjava.transport.proxyprotocol;

/** Where what stands in a header of version 2, and the values that are known there. */
final class V2Layout {

    static final int VERSION_AND_COMMAND_AT = 12;
    static final int FAMILY_AND_TRANSPORT_AT = 13;
    static final int LENGTH_AT = 14;
    static final int ADDRESSES_AT = 16;

    static final int VERSION = 2;
    static final int LOCAL = 0;
    static final int PROXY = 1;

    static final int UNIX_FAMILY = 3;
    static final int DATAGRAMS = 2;
    static final int TCP_OVER_IPV4 = 0x11;
    static final int TCP_OVER_IPV6 = 0x21;

    private static final byte[] SIGNATURE = {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n'};

    private V2Layout() {}

    /** What every header begins with; a copy. */
    static byte[] signature() {
        return SIGNATURE.clone();
    }

    static byte signatureAt(int index) {
        return SIGNATURE[index];
    }

    /** How long both addresses and both ports are. */
    static int endsBytes(int addressBytes) {
        return 2 * addressBytes + 2 * Short.BYTES;
    }
}
