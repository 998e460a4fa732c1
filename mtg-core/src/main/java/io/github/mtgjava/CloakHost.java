package io.github.mtgjava;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What may stand as the host of a TLS secret: a name that fits the SNI of every client. Old clients have a hello of fixed
 * size (so 182 at most), Telegram Desktop wants 4 at least, and SNI cannot carry an IP address.
 */
final class CloakHost {

    private static final int MIN_LENGTH = 4;
    private static final int MAX_LENGTH = 182;
    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern NAME = Pattern.compile(LABEL + "(?:\\." + LABEL + ")*");
    private static final Pattern ENDS_IN_NUMBER = Pattern.compile("(?:.*\\.)?[0-9]+");

    private CloakHost() {}

    /** Returns the name in lower case. */
    static String check(String host) {
        if (host.length() < MIN_LENGTH || host.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("the host to cloak must have " + MIN_LENGTH + " to " + MAX_LENGTH
                    + " characters, not " + host.length());
        }
        String name = host.toLowerCase(Locale.ROOT);
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("the host to cloak must be a plain domain name such as www.example.com"
                    + " (letters, digits, hyphens and dots; other scripts in their xn-- form)");
        }
        if (ENDS_IN_NUMBER.matcher(name).matches()) {
            throw new IllegalArgumentException("the host to cloak must be a domain name, not an IP address");
        }
        return name;
    }
}
