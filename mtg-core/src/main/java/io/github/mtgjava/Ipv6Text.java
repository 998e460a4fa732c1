package io.github.mtgjava;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An IPv6 address as people write it (RFC 5952), which the JDK does not: the longest run of zero groups as two colons. */
final class Ipv6Text {

    private static final Pattern ZERO_GROUPS = Pattern.compile("(?<![^:])0(?::0)+(?![^:%])");

    private Ipv6Text() {}

    /** An IPv6 literal in its short form, without the name of a local interface; anything else as it is. */
    static String shortened(String host) {
        if (host.indexOf(':') < 0) {
            return host;
        }
        try {
            // A name cannot contain a colon: nothing is looked up.
            String literal = host.replaceFirst("%.*", "");
            return InetAddress.getByName(literal) instanceof Inet6Address address ? of(address) : host;
        } catch (UnknownHostException notAnAddress) {
            return host;
        }
    }

    static String of(Inet6Address address) {
        String groups = address.getHostAddress();
        int start = 0;
        int end = 0;
        for (Matcher run = ZERO_GROUPS.matcher(groups); run.find(); ) {
            if (run.end() - run.start() > end - start) {
                start = run.start();
                end = run.end();
            }
        }
        if (end == 0) {
            return groups;
        }
        String before = groups.substring(0, Math.max(0, start - 1));
        String after = groups.substring(Math.min(groups.length(), end + 1));
        return before + "::" + after;
    }
}
