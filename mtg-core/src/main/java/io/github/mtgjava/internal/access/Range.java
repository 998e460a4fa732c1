package io.github.mtgjava.internal.access;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Addresses in a row, both ends included, as unsigned 128-bit numbers. Those of IPv4 have nothing in the upper half. Only ranges
 * of one family may be compared.
 */
record Range(long firstHigh, long firstLow, long lastHigh, long lastLow) implements Comparable<Range> {

    private static final int IPV4_BYTES = 4;
    private static final int HALF_BITS = Long.SIZE;

    /** The upper half of {@code 64:ff9b::/96}, behind which translators show IPv4 clients. */
    private static final long TRANSLATED_IPV4 = 0x0064_ff9b_0000_0000L;

    /** The addresses that have so many leading bits of this one, whose other bits do not matter. */
    static Range ofPrefix(byte[] address, int bits) {
        int free = Byte.SIZE * address.length - bits;
        long freeHigh = ones(free - HALF_BITS);
        long freeLow = ones(free);
        long high = high(address);
        long low = low(address);
        return new Range(high & ~freeHigh, low & ~freeLow, high | freeHigh, low | freeLow);
    }

    /** The addresses from one to another, or null if they are in the wrong order. */
    static @Nullable Range between(byte[] first, byte[] last) {
        Range range = new Range(high(first), low(first), high(last), low(last));
        return compare(range.firstHigh, range.firstLow, range.lastHigh, range.lastLow) <= 0 ? range : null;
    }

    /** So many ones at the lower end, none if it is negative. */
    private static long ones(int count) {
        return count >= HALF_BITS ? -1 : count <= 0 ? 0 : (1L << count) - 1;
    }

    /** The upper half of an address. */
    static long high(byte[] address) {
        return address.length == IPV4_BYTES ? 0 : ByteBuffer.wrap(address).getLong(0);
    }

    /** The lower half of an address. */
    static long low(byte[] address) {
        ByteBuffer bytes = ByteBuffer.wrap(address);
        return address.length == IPV4_BYTES ? Integer.toUnsignedLong(bytes.getInt(0)) : bytes.getLong(Long.BYTES);
    }

    /** Whether that IPv6 address is an IPv4 one, which is its lower half then. */
    static boolean isTranslatedIpv4(long high, long low) {
        return high == TRANSLATED_IPV4 && low >>> Integer.SIZE == 0;
    }

    /** Compares two addresses. */
    static int compare(long high, long low, long otherHigh, long otherLow) {
        int byHigh = Long.compareUnsigned(high, otherHigh);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, otherLow);
    }

    /** By the first address. */
    @Override
    public int compareTo(Range other) {
        return compare(firstHigh, firstLow, other.firstHigh, other.firstLow);
    }

    /** Whether a range that begins later continues this one without a gap. */
    boolean reaches(Range later) {
        long nextLow = lastLow + 1;
        long nextHigh = nextLow == 0 ? lastHigh + 1 : lastHigh;
        boolean isLastOfAll = nextLow == 0 && nextHigh == 0;
        return isLastOfAll || compare(later.firstHigh, later.firstLow, nextHigh, nextLow) <= 0;
    }

    /** This one and a later one that it reaches. */
    Range joined(Range later) {
        return compare(lastHigh, lastLow, later.lastHigh, later.lastLow) >= 0
                ? this
                : new Range(firstHigh, firstLow, later.lastHigh, later.lastLow);
    }

    /** Adds what is left of this one to the rest: up to two ranges. */
    void cut(Range hole, List<Range> rest) {
        boolean apart = compare(lastHigh, lastLow, hole.firstHigh, hole.firstLow) < 0
                || compare(hole.lastHigh, hole.lastLow, firstHigh, firstLow) < 0;
        if (apart) {
            rest.add(this);
            return;
        }
        if (compare(firstHigh, firstLow, hole.firstHigh, hole.firstLow) < 0) {
            long borrow = hole.firstLow == 0 ? 1 : 0;
            rest.add(new Range(firstHigh, firstLow, hole.firstHigh - borrow, hole.firstLow - 1));
        }
        if (compare(hole.lastHigh, hole.lastLow, lastHigh, lastLow) < 0) {
            long carry = hole.lastLow == -1 ? 1 : 0;
            rest.add(new Range(hole.lastHigh + carry, hole.lastLow + 1, lastHigh, lastLow));
        }
    }
}
