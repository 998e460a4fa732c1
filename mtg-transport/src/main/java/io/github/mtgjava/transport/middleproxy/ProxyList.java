package io.github.mtgjava.transport.middleproxy;

import io.github.mtgjava.transport.ip.IpText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Telegram's list of middle proxies (docs/protocol.md, Middle proxies). Lenient: what is not understood is left out and
 * counted. Immutable.
 */
public final class ProxyList {

    /** Of no middle proxies. */
    public static final ProxyList EMPTY = parse("");

    private static final int MAX_ENTRIES = 4096;
    private static final int UNNAMED_DC = 1;
    private static final int MAX_PORT = 65_535;
    private static final Pattern STATEMENT = Pattern.compile("(proxy_for|default)\\b\\s*(.*)", Pattern.DOTALL);
    private static final Pattern PROXY = Pattern.compile("(-?[0-9]{1,5})\\s+(\\S+)");
    private static final Pattern ADDRESS = Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([0-9.]+)):([0-9]{1,5})");

    private final Map<Integer, List<ProxyAddress>> addresses = new HashMap<>();
    private @Nullable Integer defaultDc;
    private int entries;
    private int skippedLines;

    private ProxyList() {}

    /** Reads the text, of any kind; that of something else makes an {@linkplain #isEmpty empty} list. */
    public static ProxyList parse(String text) {
        ProxyList list = new ProxyList();
        text.lines().map(String::strip).filter(line -> !line.startsWith("#")).forEach(list::readLine);
        return list;
    }

    private void readLine(String line) {
        for (String statement : line.split(";", -1)) {
            Matcher known = STATEMENT.matcher(statement.strip());
            // What is not known here is for somebody else.
            if (known.matches() && !read(known.group(1), known.group(2))) {
                skippedLines++;
            }
        }
    }

    private boolean read(String keyword, String value) {
        return keyword.equals("default") ? readDefault(value) : readProxy(value);
    }

    private boolean readDefault(String value) {
        Integer dc = dc(value);
        if (dc != null) {
            defaultDc = dc;
        }
        return dc != null;
    }

    private boolean readProxy(String value) {
        Matcher parts = PROXY.matcher(value);
        if (!parts.matches() || entries == MAX_ENTRIES) {
            return false;
        }
        Integer dc = dc(parts.group(1));
        ProxyAddress address = address(parts.group(2));
        if (dc == null || address == null) {
            return false;
        }
        List<ProxyAddress> known = addresses.computeIfAbsent(dc, unused -> new ArrayList<>());
        if (!known.contains(address)) {
            known.add(address);
            entries++;
        }
        return true;
    }

    private static @Nullable Integer dc(String text) {
        boolean negative = text.startsWith("-");
        int number = IpText.number(negative ? text.substring(1) : text, 10, 5, negative ? 32_768 : Short.MAX_VALUE);
        return number < 0 ? null : Integer.valueOf(negative ? -number : number);
    }

    private static @Nullable ProxyAddress address(String text) {
        Matcher parts = ADDRESS.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        byte[] ip = parts.group(1) != null ? IpText.ipv6(parts.group(1)) : IpText.ipv4(parts.group(2));
        int port = IpText.number(parts.group(3), 10, 5, MAX_PORT);
        return ip == null || port <= 0 ? null : new ProxyAddress(ip, port);
    }

    /** Whether there is no middle proxy in it: then it is no list. */
    public boolean isEmpty() {
        return entries == 0;
    }

    /** Statements about middle proxies or the default that made no sense. */
    public int skippedLines() {
        return skippedLines;
    }

    /** The entry that serves DCs without one of their own. */
    public OptionalInt defaultDc() {
        return defaultDc == null ? OptionalInt.empty() : OptionalInt.of(defaultDc);
    }

    /** The DCs that have an entry, negative for media. */
    public Set<Integer> dcs() {
        return Collections.unmodifiableSet(addresses.keySet());
    }

    /** The middle proxies of exactly that entry, each once, in the order of the text; none if there is no such entry. */
    public List<ProxyAddress> addresses(int dc) {
        return Collections.unmodifiableList(addresses.getOrDefault(dc, List.of()));
    }

    /** The entry that serves a client who asked for that DC: its own, else the default's, if there is one. */
    public OptionalInt entry(int signedDc) {
        int dc = signedDc == 0 ? UNNAMED_DC : signedDc;
        if (addresses.containsKey(dc)) {
            return OptionalInt.of(dc);
        }
        return defaultDc != null && addresses.containsKey(defaultDc) ? OptionalInt.of(defaultDc) : OptionalInt.empty();
    }
}
