package io.github.mtgjava.cli;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host and a port as they are typed: {@code host:port}, {@code :port}, {@code [v6]:port}, {@code host}, {@code v6}.
 *
 * @param host a name or an IP address without brackets; may be empty
 * @param port 0 to 65535, or {@link #NO_PORT}
 */
public record HostPort(String host, int port) {

    /** There was none. */
    public static final int NO_PORT = -1;

    private static final Pattern SHAPE = Pattern.compile("(?:\\[([^\\[\\]]*)]|([^:\\[\\]\\s]*))(?::([0-9]{1,5}))?");
    private static final int MAX_PORT = 65_535;

    /** Reads it; the exception says what is expected. */
    public static HostPort parse(String text) {
        if (IpLiteral.parse(text).isPresent()) {
            return new HostPort(text, NO_PORT);
        }
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches() || text.isEmpty()) {
            throw new IllegalArgumentException("expected host:port or [IPv6]:port, not '" + text + "'");
        }
        String bracketed = matcher.group(1);
        if (bracketed != null && IpLiteral.parse(bracketed).isEmpty()) {
            throw new IllegalArgumentException("between the brackets there should be an IPv6 address: '" + text + "'");
        }
        int port = matcher.group(3) == null ? NO_PORT : Integer.parseInt(matcher.group(3));
        if (port > MAX_PORT) {
            throw new IllegalArgumentException("the port in '" + text + "' is above " + MAX_PORT);
        }
        return new HostPort(bracketed != null ? bracketed : matcher.group(2), port);
    }

    /** This, if it has a host and a port of at least 1. */
    HostPort complete() {
        if (host.isEmpty() || port < 1) {
            throw new IllegalArgumentException("expected a host and a port between 1 and 65535");
        }
        return this;
    }

    /** An address that is resolved if the host is an IP address; port 0 if there was none. */
    public InetSocketAddress unlooked() {
        int known = Math.max(port, 0);
        return IpLiteral.parse(host)
                .map(address -> new InetSocketAddress(address, known))
                .orElseGet(() -> InetSocketAddress.createUnresolved(host, known));
    }

    /** All addresses of the host, looked up; blocks. */
    List<InetSocketAddress> lookedUp() {
        try {
            return Arrays.stream(InetAddress.getAllByName(host))
                    .map(address -> new InetSocketAddress(address, Math.max(port, 0)))
                    .toList();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("the host '" + host + "' is unknown", e);
        }
    }
}
