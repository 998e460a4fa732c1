package io.github.mtgjava.internal.access;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How many connections each address has open. All addresses of an IPv6 /64 count as one: whoever has one of them usually has
 * them all. Remembers only addresses that have connections, so open connections bound it. Thread-safe.
 */
public final class AddressCounts {

    private final ConcurrentHashMap<Long, Integer> open = new ConcurrentHashMap<>();

    /** None has any. */
    public AddressCounts() {}

    /** One more of that address; how many it has now. */
    public int enter(InetAddress address) {
        return open.merge(key(address), 1, Integer::sum);
    }

    /** One less: has to follow on each {@link #enter}. */
    public void leave(InetAddress address) {
        open.computeIfPresent(key(address), (key, count) -> count == 1 ? null : count - 1);
    }

    /** How many addresses have connections. */
    int addresses() {
        return open.size();
    }

    /** IPv4 addresses use numbers that are no /64 of anybody. */
    private static Long key(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean isIpv4 = bytes.length == Integer.BYTES || Range.isTranslatedIpv4(Range.high(bytes), Range.low(bytes));
        return isIpv4 ? Range.low(bytes) : Range.high(bytes);
    }
}
