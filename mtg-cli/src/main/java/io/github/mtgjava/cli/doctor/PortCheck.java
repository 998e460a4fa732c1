package io.github.mtgjava.cli.doctor;

import io.github.mtgjava.cli.Words;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.Locale;

/** Whether a proxy can listen where it shall, or does so already. */
final class PortCheck implements Check {

    private static final String NAME = "port";
    private static final int FIRST_UNPRIVILEGED = 1024;
    private static final byte[] LOOPBACK_IPV4 = {127, 0, 0, 1};
    private static final byte[] LOOPBACK_IPV6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private final InetSocketAddress bind;
    private final Binder binder;
    private final Probe probe;

    /** Listens for a moment. */
    @FunctionalInterface
    interface Binder {
        /** Fails as listening fails. */
        void tryBind(InetSocketAddress address) throws IOException;
    }

    /** Acts as a client. */
    @FunctionalInterface
    interface Probe {
        /** Returns if this very proxy answers. */
        void ask(InetSocketAddress proxy) throws IOException;
    }

    PortCheck(InetSocketAddress bind, Binder binder, Probe probe) {
        this.bind = bind;
        this.binder = binder;
        this.probe = probe;
    }

    /** Binds a real socket, with the options of the proxy's. */
    static void tryBind(InetSocketAddress address) throws IOException {
        try (ServerSocketChannel channel = ServerSocketChannel.open()) {
            channel.bind(address);
        }
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Finding> run() {
        try {
            binder.tryBind(bind);
            return List.of(Finding.ok(
                    NAME,
                    bind.getPort() == 0
                            ? "any free port will do; the links change at every start"
                            : Words.of(bind) + " is free"));
        } catch (IOException e) {
            return List.of(verdict(String.valueOf(e.getMessage())));
        }
    }

    private Finding verdict(String failure) {
        String where = Words.of(bind);
        String reason = failure.toLowerCase(Locale.ROOT);
        if (reason.contains("in use")) {
            return taken(where);
        }
        if (reason.contains("permission")) {
            String advice = bind.getPort() < FIRST_UNPRIVILEGED
                    ? ": ports below 1024 need the capability CAP_NET_BIND_SERVICE (AmbientCapabilities of systemd), or"
                            + " take a port above"
                    : ": something like SELinux or a container forbids it";
            return Finding.fail(NAME, "this user may not listen at " + where + advice);
        }
        if (reason.contains("assign") || reason.contains("not available")) {
            return Finding.fail(
                    NAME,
                    where + " is no address of this machine: bind to 0.0.0.0 or [::], and tell the public"
                            + " address by -4 or -6");
        }
        return Finding.fail(NAME, "cannot listen at " + where + " (" + failure + "): give another address by --bind");
    }

    private Finding taken(String where) {
        try {
            probe.ask(reachable());
            return Finding.ok(NAME, where + " is taken: this proxy runs there already");
        } catch (IOException e) {
            return Finding.fail(
                    NAME,
                    where + " is taken, and not by a proxy with this secret (" + e.getMessage()
                            + "): stop what listens there ('ss -ltnp' tells), or give another port by --bind");
        }
    }

    /** Nobody can be reached at 0.0.0.0 by right; who listens there listens at the loopback address, too. */
    private InetSocketAddress reachable() {
        InetAddress address = bind.getAddress();
        if (!address.isAnyLocalAddress()) {
            return bind;
        }
        try {
            byte[] loopback = address instanceof Inet6Address ? LOOPBACK_IPV6 : LOOPBACK_IPV4;
            return new InetSocketAddress(InetAddress.getByAddress(loopback), bind.getPort());
        } catch (IOException impossible) {
            throw new IllegalStateException("the length is right", impossible);
        }
    }
}
