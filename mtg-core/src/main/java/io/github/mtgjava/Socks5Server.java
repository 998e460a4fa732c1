package io.github.mtgjava;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/**
 * A SOCKS5 server (RFC 1928) through which Telegram is reached, with user and password (RFC 1929) if it wants them.
 * Immutable. {@link #toString} shows neither of these.
 */
public final class Socks5Server {

    /** The most bytes that a user or a password may have, in UTF-8. */
    public static final int MAX_LOGIN_BYTES = 255;

    private final InetSocketAddress address;
    private final Optional<Login> login;

    private record Login(String user, String password) {

        @Override
        public String toString() {
            return "Login[redacted]";
        }
    }

    private Socks5Server(InetSocketAddress address, Optional<Login> login) {
        this.address = address;
        this.login = login;
    }

    /**
     * One that wants no login.
     *
     * @param address may be unresolved: a name is looked up by the proxy's resolver, again and again
     * @throws IllegalArgumentException if the port is 0
     */
    public static Socks5Server at(InetSocketAddress address) {
        Objects.requireNonNull(address, "socks5");
        if (address.getPort() == 0) {
            throw new IllegalArgumentException("a SOCKS5 server has a port between 1 and 65535");
        }
        return new Socks5Server(address, Optional.empty());
    }

    /**
     * The same with a login, for which the server may ask or not.
     *
     * @throws IllegalArgumentException if either does not have 1 to {@value #MAX_LOGIN_BYTES} bytes in UTF-8; the message
     *     does not show them
     */
    public Socks5Server withLogin(String user, String password) {
        return new Socks5Server(address, Optional.of(new Login(checked("user", user), checked("password", password))));
    }

    private static String checked(String what, String text) {
        Objects.requireNonNull(text, what);
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes == 0 || bytes > MAX_LOGIN_BYTES) {
            throw new IllegalArgumentException(
                    "the SOCKS5 " + what + " must have 1 to " + MAX_LOGIN_BYTES + " bytes, not " + bytes);
        }
        return text;
    }

    /** Where it is, perhaps unresolved. */
    public InetSocketAddress address() {
        return address;
    }

    /** Who we are to it, if it wants to know. */
    public Optional<String> user() {
        return login.map(Login::user);
    }

    /** How we prove it; there is one exactly if there is a user. */
    public Optional<String> password() {
        return login.map(Login::password);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Socks5Server server && address.equals(server.address) && login.equals(server.login);
    }

    @Override
    public int hashCode() {
        return Objects.hash(address, login);
    }

    /** Host and port, and whether there is a login. */
    @Override
    public String toString() {
        String where = address.getHostString() + ":" + address.getPort();
        return "Socks5Server[" + where + (login.isPresent() ? ", login redacted]" : "]");
    }
}
