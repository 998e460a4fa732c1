package io.github.mtgjava.cli.doctor;

import io.github.mtgjava.cli.Words;
import io.github.mtgjava.probe.ProbeException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/** Whether a client with this link reaches Telegram through the proxy, whoever runs it. */
final class LinkCheck implements Check {

    private static final String NAME = "link";

    private final ProxyLink link;
    private final int dc;
    private final Resolver resolver;
    private final Client client;

    /** A client of the proxy. */
    @FunctionalInterface
    interface Client {
        /** How long a DC took to answer through the proxy. */
        Duration roundTrip(InetSocketAddress proxy, int dc) throws ProbeException;
    }

    /**
     * Makes one.
     *
     * @param dc to ask for
     * @param client that has the link's secret
     */
    LinkCheck(ProxyLink link, int dc, Resolver resolver, Client client) {
        this.link = link;
        this.dc = dc;
        this.resolver = resolver;
        this.client = client;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Finding> run() {
        List<InetAddress> addresses;
        try {
            addresses = resolver.lookUp(link.server());
        } catch (UnknownHostException unknown) {
            return fail(
                    "the server " + link.server() + " has no address: correct the link, or the name server's entry");
        }
        String failure = "";
        for (InetAddress address : addresses) {
            InetSocketAddress proxy = new InetSocketAddress(address, link.port());
            try {
                Duration time = client.roundTrip(proxy, dc);
                return List.of(Finding.ok(
                        NAME,
                        "works end to end: DC" + dc + " answers through " + Words.of(proxy) + " in "
                                + Times.text(time)));
            } catch (ProbeException e) {
                failure = because(e);
            }
        }
        return fail(failure);
    }

    private static String because(ProbeException e) {
        String advice = switch (e.fault()) {
            case CANNOT_CONNECT ->
                "Does the proxy run, are server and port right, what do the firewalls between let through?";
            case TIMED_OUT -> "The proxy's log tells more";
            case CLOSED, RESET ->
                "Another kind of secret than the proxy's, no proxy at all, or one that cannot reach Telegram";
            case BAD_ANSWER ->
                "The proxy does not know this secret, cloaks another host, or its clock and yours differ: compare"
                        + " the secret with the one it was started with";
        };
        return text(e) + ". " + advice;
    }

    private static String text(IOException e) {
        return String.valueOf(e.getMessage());
    }

    private static List<Finding> fail(String text) {
        return List.of(Finding.fail(NAME, text));
    }
}
