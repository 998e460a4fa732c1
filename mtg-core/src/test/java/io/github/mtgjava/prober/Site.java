package io.github.mtgjava.prober;

import io.github.mtgjava.testkit.EchoOrigin;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.function.BooleanSupplier;

/**
 * A site to cloak, reached without a proxy.
 *
 * @param name for the report
 * @param address where it is
 * @param likeness how its answers are to be compared
 * @param patience ends its side of the connection that is open; false if it cannot be told to
 */
record Site(String name, InetSocketAddress address, Likeness likeness, BooleanSupplier patience) implements Target {

    /** One that speaks TLS, with randomness in all its answers. */
    static Site tls(String name, InetSocketAddress address) {
        return new Site(name, address, Likeness.STRUCTURE, () -> false);
    }

    static Site echo(EchoOrigin origin) {
        return new Site("an echo", origin.address(), Likeness.BYTES, origin::giveUp);
    }

    boolean speaksTls() {
        return likeness == Likeness.STRUCTURE;
    }

    @Override
    public Socket connect() throws IOException {
        return Target.connect(address);
    }

    @Override
    public boolean passDeadline() {
        return false;
    }

    @Override
    public boolean giveUp() {
        return patience.getAsBoolean();
    }
}
