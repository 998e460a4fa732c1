package io.github.mtgjava.internal.access;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list of addresses as FireHOL and others publish them: in each line an address, a prefix ({@code 192.0.2.0/24}) or a range
 * ({@code 192.0.2.1-192.0.2.9}); behind a {@code #} or a semicolon is a comment.
 *
 * @param prefixes what the lines come to
 * @param entries lines with an entry that makes sense
 * @param skippedLines lines that nobody understands
 */
record PrefixList(PrefixSet prefixes, int entries, int skippedLines) {

    /** More than any list that is published has: the largest have a few hundred thousand lines. */
    static final int MAX_BYTES = 16 << 20;

    /** What is read takes some 50 bytes each until it has been sorted. */
    static final int MAX_ENTRIES = 1_000_000;

    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;
    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

    /** What is wrong with it, in words that go behind "it"; null if nothing is. */
    @Nullable
    String fault() {
        if (entries == 0) {
            return "has no line with an address, a prefix or a range";
        }
        return entries > MAX_ENTRIES ? "has more than " + MAX_ENTRIES + " entries" : null;
    }

    static PrefixList parse(byte[] text) {
        // Everything that counts is ASCII, and whatever else there is cannot be malformed so.
        String characters = new String(text, StandardCharsets.ISO_8859_1);
        return parse(characters.startsWith(BYTE_ORDER_MARK) ? characters.substring(3) : characters);
    }

    static PrefixList parse(String text) {
        List<Range> ipv4 = new ArrayList<>();
        List<Range> ipv6 = new ArrayList<>();
        int skipped = 0;
        Iterator<String> lines = text.lines().iterator();
        while (lines.hasNext() && ipv4.size() + ipv6.size() <= MAX_ENTRIES) {
            String entry = withoutComment(lines.next());
            if (!entry.isEmpty() && !add(entry, ipv4, ipv6)) {
                skipped++;
            }
        }
        return new PrefixList(PrefixSet.of(ipv4, ipv6), ipv4.size() + ipv6.size(), skipped);
    }

    private static String withoutComment(String line) {
        int end = 0;
        while (end < line.length() && line.charAt(end) != '#' && line.charAt(end) != ';') {
            end++;
        }
        return line.substring(0, end).strip();
    }

    private static boolean add(String entry, List<Range> ipv4, List<Range> ipv6) {
        int slash = entry.indexOf('/');
        int hyphen = entry.indexOf('-');
        byte[] first = AddressText.parse(before(entry, slash >= 0 ? slash : hyphen));
        Range range = null;
        if (first != null && slash >= 0) {
            range = prefix(first, entry.substring(0, slash), entry.substring(slash + 1));
        } else if (first != null) {
            byte[] last = hyphen < 0
                    ? first
                    : AddressText.parse(entry.substring(hyphen + 1).strip());
            range = last != null && last.length == first.length ? Range.between(first, last) : null;
        }
        if (first == null || range == null) {
            return false;
        }
        return (first.length == Integer.BYTES ? ipv4 : ipv6).add(range);
    }

    private static String before(String entry, int end) {
        return end < 0 ? entry : entry.substring(0, end).strip();
    }

    private static @Nullable Range prefix(byte[] address, String text, String length) {
        int bits = number(length);
        int most = text.indexOf(':') < 0 ? IPV4_BITS : IPV6_BITS;
        // An IPv4 address may be written as an IPv6 one, with the length of that.
        int surplus = most - Byte.SIZE * address.length;
        return bits >= surplus && bits <= most ? Range.ofPrefix(address, bits - surplus) : null;
    }

    /** Up to three digits, or -1. */
    private static int number(String digits) {
        boolean isNumber =
                !digits.isEmpty() && digits.length() <= 3 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return isNumber ? Integer.parseInt(digits) : -1;
    }
}
