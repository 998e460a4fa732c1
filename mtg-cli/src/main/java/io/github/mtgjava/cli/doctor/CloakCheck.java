package io.github.mtgjava.cli.doctor;

import io.github.mtgjava.cli.Words;
import io.github.mtgjava.internal.probe.OriginAnswer;
import io.github.mtgjava.probe.ProbeException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Whether the cloaked site is one that strangers can be shown: found, not the proxy itself, TLS 1.3, with a certificate for
 * its name, and at home at this address. The first thing that is wrong is the one that is told.
 */
final class CloakCheck implements Check {

    private static final String NAME = "cloak";

    private final CloakTarget target;
    private final InetSocketAddress bind;
    private final Resolver resolver;
    private final PublicAddresses publicAddresses;
    private final FirstFlight firstFlight;
    private final Handshake handshake;

    /** Looks at a site from outside. */
    @FunctionalInterface
    interface FirstFlight {
        OriginAnswer ask(InetSocketAddress address, String host) throws ProbeException;
    }

    /** Does a whole TLS handshake and verifies the certificate. */
    @FunctionalInterface
    interface Handshake {
        void perform(InetSocketAddress address, String host) throws IOException;
    }

    /** With the proxy's own address, for the loop. */
    CloakCheck(
            CloakTarget target,
            InetSocketAddress bind,
            Resolver resolver,
            PublicAddresses publicAddresses,
            FirstFlight firstFlight,
            Handshake handshake) {
        this.target = target;
        this.bind = bind;
        this.resolver = resolver;
        this.publicAddresses = publicAddresses;
        this.firstFlight = firstFlight;
        this.handshake = handshake;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Finding> run() throws InterruptedException {
        String name = target.address().getHostString();
        List<InetSocketAddress> addresses;
        try {
            addresses = target.addresses(resolver);
        } catch (UnknownHostException unknown) {
            return fail(
                    name + " has no address, so strangers meet silence: cloak a host that exists, or look at the DNS");
        }
        Set<InetAddress> here = publicAddresses.publicAddresses();
        LeadsBack leadsBack = new LeadsBack(bind, here);
        if (addresses.stream().anyMatch(leadsBack)) {
            return fail(name + " port " + target.address().getPort()
                    + " is this proxy itself, so every stranger would go round in circles: give the web server's own"
                    + " address and port by --cloak-address");
        }
        return List.of(look(addresses.get(0), here));
    }

    private Finding look(InetSocketAddress address, Set<InetAddress> here) {
        String host = target.host().orElse(address.getHostString());
        String where = host + " at " + Words.of(address);
        OriginAnswer answer;
        try {
            answer = firstFlight.ask(address, host);
        } catch (ProbeException e) {
            return Finding.fail(
                    NAME, where + ": " + e.getMessage() + ". Strangers are shown this site: cloak one that is up");
        }
        if (!answer.tls13()) {
            return Finding.fail(
                    NAME, where + " does not speak TLS 1.3, which the proxy pretends to: cloak a host that does");
        }
        if (target.host().isPresent()) {
            try {
                handshake.perform(address, host);
            } catch (IOException e) {
                return Finding.fail(
                        NAME,
                        where + ": its certificate is not good for " + host + " (" + reason(e)
                                + "): cloak the host that the site is, or renew the certificate");
            }
        }
        return judge(host, where + " " + OriginWords.of(answer), here);
    }

    /** Who watches can look the name up: a visit to a site at an address that is not its own gives the proxy away. */
    private Finding judge(String host, String facts, Set<InetAddress> here) {
        if (target.host().isEmpty() || here.isEmpty()) {
            return Finding.ok(NAME, facts);
        }
        try {
            List<InetAddress> there = resolver.lookUp(host);
            if (!Collections.disjoint(there, here)) {
                return Finding.ok(NAME, facts);
            }
            return Finding.warn(
                    NAME,
                    facts + ". But " + host + " leads to " + Words.addresses(there)
                            + ", not here, which who watches can"
                            + " tell: best is a name of your own with a web site, by --cloak-address");
        } catch (UnknownHostException unknown) {
            return Finding.warn(
                    NAME,
                    facts + ". But " + host + " has no address, which who watches can tell: give it this machine's");
        }
    }

    /** What is wrong with a certificate is deeper than the handshake that failed for it. */
    private static String reason(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateException && cause.getMessage() != null) {
                return cause.getMessage();
            }
        }
        return String.valueOf(e.getMessage());
    }

    private static List<Finding> fail(String text) {
        return List.of(Finding.fail(NAME, text));
    }
}
