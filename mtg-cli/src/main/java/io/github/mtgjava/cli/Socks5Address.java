package io.github.mtgjava.cli;

import io.github.mtgjava.Socks5Server;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.ITypeConverter;

/**
 * Reads {@code [user:password@]host:port}. Names are not looked up: that is done again and again. No message repeats what was
 * typed, wherever the mistake is: a password may be anywhere in it.
 */
final class Socks5Address implements ITypeConverter<Socks5Server> {

    static final String EXPECTED = "expected [user:password@]host:port or [user:password@][IPv6]:port"
            + " (not shown, as there may be a password in it)";

    @Override
    public Socks5Server convert(String text) {
        int at = text.lastIndexOf('@');
        Socks5Server server = Socks5Server.at(address(text.substring(at + 1)).unlooked());
        return at < 0 ? server : withLogin(server, text.substring(0, at));
    }

    private static HostPort address(String text) {
        try {
            return HostPort.parse(text).complete();
        } catch (IllegalArgumentException quotesIt) {
            throw new IllegalArgumentException(EXPECTED);
        }
    }

    private static Socks5Server withLogin(Socks5Server server, String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("the user needs a password: " + EXPECTED);
        }
        return server.withLogin(decoded(text.substring(0, colon)), decoded(text.substring(colon + 1)));
    }

    /** As in URLs, where a plus is a plus. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException quotesIt) {
            throw new IllegalArgumentException("a % in user or password is written %25 (neither is shown)");
        }
    }
}
