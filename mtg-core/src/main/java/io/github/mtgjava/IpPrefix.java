package io.github.mtgjava;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of IP addresses: all that begin with the same bits, as {@code 10.0.0.0/8} or {@code 2001:db8::/32}. Immutable. An
 * IPv6 address that stands for an IPv4 one (as {@code ::ffff:192.0.2.1}) counts as that.
 */
public final class IpPrefix {

    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final String IPV4 = OCTET + "(?:\\." + OCTET + "){3}";
    private static final String IPV6 = "(?=.*:)[0-9a-fA-F:][0-9a-fA-F:.]{1,44}";
    private static final Pattern SHAPE = Pattern.compile("(" + IPV4 + "|" + IPV6 + ")(?:/([0-9]{1,3}))?");
    /** An address of 16 bytes that stands for one of 4 begins with so many bits that say so. */
    private static final int MAPPED_BITS = 96;

    private static final int IPV4_BITS = 32;
    private static final int CLIENT_BITS_OF_IPV6 = 64;

    private final byte[] address;
    private final int length;

    private IpPrefix(byte[] address, int length) {
        this.address = address;
        this.length = length;
    }

    /**
     * The addresses that begin as this one.
     *
     * @param length how many of its bits count, 0 to 32 or 128; the others are taken for zeros
     * @throws IllegalArgumentException if the length is out of range
     */
    public static IpPrefix of(InetAddress address, int length) {
        Objects.requireNonNull(address, "address");
        byte[] bytes = address.getAddress();
        if (length < 0 || length > bytes.length * Byte.SIZE) {
            throw new IllegalArgumentException("the length of a prefix of " + IpFamily.of(address)
                    + " addresses is not between 0 and " + bytes.length * Byte.SIZE + ": " + length);
        }
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (bytes[i] & mask(length, i));
        }
        return new IpPrefix(bytes, length);
    }

    /**
     * What counts as one client: an IPv4 address by itself, of an IPv6 address the /64, which is what one line is given.
     *
     * @see MtProxyBuilder#maxConnectionsPerAddress
     */
    public static IpPrefix ofClient(InetAddress address) {
        return of(address, IpFamily.of(address) == IpFamily.IPV4 ? IPV4_BITS : CLIENT_BITS_OF_IPV6);
    }

    /**
     * Reads an address, a slash and a length, or an address that stands for itself alone; white space around it
     * does not matter. Nothing is looked up.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static IpPrefix parse(String text) {
        Matcher matcher = SHAPE.matcher(Objects.requireNonNull(text, "prefix").strip());
        if (!matcher.matches()) {
            throw unlike(text);
        }
        InetAddress address;
        try {
            // Only names are looked up, and this is none.
            address = InetAddress.getByName(matcher.group(1));
        } catch (UnknownHostException malformed) {
            throw unlike(text);
        }
        int bits = address.getAddress().length * Byte.SIZE;
        if (matcher.group(2) == null) {
            return of(address, bits);
        }
        boolean isMapped = matcher.group(1).indexOf(':') >= 0 && IpFamily.IPV4.has(address);
        int length = Integer.parseInt(matcher.group(2)) - (isMapped ? MAPPED_BITS : 0);
        if (length < 0 || length > bits) {
            throw unlike(text);
        }
        return of(address, length);
    }

    private static IllegalArgumentException unlike(String text) {
        return new IllegalArgumentException(
                "expected an address or a prefix such as 10.0.0.0/8 or 2001:db8::/32, not '" + text + "'");
    }

    /** Which bits of the byte with that index count. */
    private static int mask(int length, int index) {
        int bits = Math.max(0, Math.min(Byte.SIZE, length - index * Byte.SIZE));
        return (0xff << (Byte.SIZE - bits)) & 0xff;
    }

    /** Whether the address is in the range; one of the other family never is. */
    public boolean contains(InetAddress candidate) {
        byte[] bytes = candidate.getAddress();
        if (bytes.length != address.length) {
            return false;
        }
        for (int i = 0; i * Byte.SIZE < length; i++) {
            if (((bytes[i] ^ address[i]) & mask(length, i)) != 0) {
                return false;
            }
        }
        return true;
    }

    /** The first address of the range. */
    public InetAddress address() {
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address of 4 or 16 bytes is one", impossible);
        }
    }

    /** How many bits all its addresses have in common. */
    public int length() {
        return length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpPrefix prefix && length == prefix.length && Arrays.equals(address, prefix.address);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(address) + length;
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return Ipv6Text.shortened(address().getHostAddress()) + "/" + length;
    }
}
