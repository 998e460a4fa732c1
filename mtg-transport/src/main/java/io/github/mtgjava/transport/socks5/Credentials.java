package io.github.mtgjava.transport.socks5;

import java.nio.ByteBuffer;

/** User and password for a SOCKS5 server (RFC 1929). Immutable; {@link #toString} shows neither. */
public final class Credentials {

    /** The most bytes of either. */
    public static final int MAX_BYTES = 255;

    private final byte[] user;
    private final byte[] password;

    private Credentials(byte[] user, byte[] password) {
        this.user = user;
        this.password = password;
    }

    /**
     * Takes copies.
     *
     * @throws IllegalArgumentException if either does not have 1 to {@value #MAX_BYTES} bytes; the message shows nothing
     *     of them
     */
    public static Credentials of(byte[] user, byte[] password) {
        return new Credentials(checked("user", user), checked("password", password));
    }

    private static byte[] checked(String what, byte[] bytes) {
        if (bytes.length == 0 || bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException(
                    "a SOCKS5 " + what + " has 1 to " + MAX_BYTES + " bytes, not " + bytes.length);
        }
        return bytes.clone();
    }

    int bytes() {
        return 1 + user.length + 1 + password.length;
    }

    /** Each behind its length. */
    void writeTo(ByteBuffer out) {
        out.put((byte) user.length).put(user);
        out.put((byte) password.length).put(password);
    }

    /** Says that there are some, not which. */
    @Override
    public String toString() {
        return "Credentials[redacted]";
    }
}
