package io.github.mtgjava.transport.ip;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** IP addresses as texts have them: literals only, so that nothing is ever looked up. */
public final class IpText {

    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final int IPV6_GROUPS = 8;
    private static final int MAX_TEXT = 45;

    private IpText() {}

    /** Four bytes, or null if it is no IPv4 address. */
    public static byte @Nullable [] ipv4(String text) {
        String[] parts = text.split("\\.", -1);
        if (text.length() > MAX_TEXT || parts.length != IPV4_BYTES) {
            return null;
        }
        byte[] bytes = new byte[IPV4_BYTES];
        for (int i = 0; i < IPV4_BYTES; i++) {
            int value = number(parts[i], 10, 3, 255);
            if (value < 0) {
                return null;
            }
            bytes[i] = (byte) value;
        }
        return bytes;
    }

    /** Sixteen bytes, or null if it is no IPv6 address. */
    public static byte @Nullable [] ipv6(String text) {
        if (text.length() > MAX_TEXT) {
            return null;
        }
        int gap = text.indexOf("::");
        @Nullable List<Integer> before = gap < 0 ? groups(text, true) : groups(text.substring(0, gap), false);
        @Nullable List<Integer> after = gap < 0 ? List.of() : groups(text.substring(gap + 2), true);
        if (before == null || after == null) {
            return null;
        }
        int given = before.size() + after.size();
        if (gap < 0 ? given != IPV6_GROUPS : given >= IPV6_GROUPS) {
            return null;
        }
        byte[] bytes = new byte[IPV6_BYTES];
        put(before, bytes, 0);
        put(after, bytes, IPV6_BYTES - 2 * after.size());
        return bytes;
    }

    /** The numbers of the groups, none for an empty text; null if one of them is none. Only the end may be dotted. */
    private static @Nullable List<Integer> groups(String text, boolean end) {
        List<Integer> groups = new ArrayList<>();
        if (text.isEmpty()) {
            return groups;
        }
        String[] parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            byte[] tail = end && i == parts.length - 1 ? ipv4(parts[i]) : null;
            if (tail != null) {
                groups.add(group(tail, 0));
                groups.add(group(tail, 2));
                continue;
            }
            int value = number(parts[i], 16, 4, 0xffff);
            if (value < 0) {
                return null;
            }
            groups.add(value);
        }
        return groups;
    }

    private static void put(List<Integer> groups, byte[] bytes, int at) {
        for (int i = 0; i < groups.size(); i++) {
            int group = groups.get(i);
            bytes[at + 2 * i] = (byte) (group >> 8);
            bytes[at + 2 * i + 1] = (byte) group;
        }
    }

    private static int group(byte[] bytes, int at) {
        return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    }

    /** The number, or −1 if it is none, too long or too large. */
    public static int number(String digits, int radix, int maxDigits, int max) {
        if (digits.isEmpty() || digits.length() > maxDigits) {
            return -1;
        }
        int value = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            int digit = c < 128 ? Character.digit(c, radix) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        return value <= max ? value : -1;
    }

    /** An address of 4 or 16 bytes as it stands before a port: IPv6 in brackets and in its short form (RFC 5952). */
    public static String of(byte[] ip) {
        if (ip.length == IPV4_BYTES) {
            return IntStream.range(0, IPV4_BYTES)
                    .mapToObj(i -> String.valueOf(ip[i] & 0xff))
                    .collect(Collectors.joining("."));
        }
        int gap = 0;
        // A single zero group is written out.
        int gapGroups = 1;
        for (int start = 0; start < IPV6_GROUPS; start++) {
            int zeros = zeroGroups(ip, start);
            if (zeros > gapGroups) {
                gap = start;
                gapGroups = zeros;
            }
        }
        String text = gapGroups == 1
                ? groups(ip, 0, IPV6_GROUPS)
                : groups(ip, 0, gap) + "::" + groups(ip, gap + gapGroups, IPV6_GROUPS);
        return "[" + text + "]";
    }

    private static int zeroGroups(byte[] ip, int start) {
        int end = start;
        while (end < IPV6_GROUPS && group(ip, 2 * end) == 0) {
            end++;
        }
        return end - start;
    }

    private static String groups(byte[] ip, int start, int end) {
        return IntStream.range(start, end)
                .mapToObj(i -> Integer.toHexString(group(ip, 2 * i)))
                .collect(Collectors.joining(":"));
    }
}
