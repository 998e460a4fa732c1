package io.github.mtgjava.cli.doctor;

import io.github.mtgjava.IpFamily;
import io.github.mtgjava.cli.WebUrl;
import io.github.mtgjava.cli.doctor.Fetch.Answer;
import io.github.mtgjava.transport.middleproxy.ProxyList;
import io.github.mtgjava.transport.middleproxy.ProxySecret;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether Telegram hands out what a proxy with an ad tag needs, the secret and the addresses of its middle proxies, and whether
 * these can be reached. Sizes and grammar are those of the proxy.
 */
final class BootstrapCheck implements Check {

    private static final String NAME = "adtag";
    private static final int OK = 200;
    private static final int MAX_SECRET_DOCUMENT = 64 << 10;
    private static final int MAX_LIST_BYTES = 1 << 20;

    private final Urls urls;
    private final IpFamily essential;
    private final Fetch fetch;
    private final MiddleProxyReach reach;

    /**
     * Where things are.
     *
     * @param config for IPv4
     * @param configV6 for IPv6
     */
    record Urls(URI secret, URI config, URI configV6) {}

    /**
     * What a document gave.
     *
     * @param list empty if there is none in it
     */
    private record Outcome(ProxyList list, Optional<Finding> fault) {

        static Outcome good(ProxyList list) {
            return new Outcome(list, Optional.empty());
        }

        static Outcome bad(Finding fault) {
            return new Outcome(ProxyList.EMPTY, Optional.of(fault));
        }
    }

    /**
     * Makes one.
     *
     * @param families by which Telegram may be reached
     */
    BootstrapCheck(Urls urls, Set<IpFamily> families, Fetch fetch, MiddleProxyReach reach) {
        this.urls = urls;
        this.essential = families.contains(IpFamily.IPV4) ? IpFamily.IPV4 : IpFamily.IPV6;
        this.fetch = fetch;
        this.reach = reach;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Finding> run() throws InterruptedException {
        List<Outcome> outcomes = Daemons.await(List.of(
                Daemons.start("bootstrap", this::secret),
                Daemons.start("bootstrap", () -> list(IpFamily.IPV4, urls.config())),
                Daemons.start("bootstrap", () -> list(IpFamily.IPV6, urls.configV6()))));
        List<Finding> findings = new ArrayList<>();
        outcomes.forEach(outcome -> outcome.fault().ifPresent(findings::add));
        if (findings.isEmpty()) {
            findings.add(Finding.ok(NAME, "Telegram hands out what ad tags need"));
        }
        findings.addAll(reach.of(NAME, outcomes.stream().map(Outcome::list).toList()));
        return findings;
    }

    private Outcome secret() throws InterruptedException {
        try {
            int length = document(urls.secret(), MAX_SECRET_DOCUMENT).body().length();
            if (length < ProxySecret.MIN_BYTES || length > ProxySecret.MAX_BYTES) {
                throw new IOException(
                        "it has " + length + " bytes, not " + ProxySecret.MIN_BYTES + " to " + ProxySecret.MAX_BYTES);
            }
            return Outcome.good(ProxyList.EMPTY);
        } catch (IOException fault) {
            return Outcome.bad(missing(urls.secret(), fault));
        }
    }

    private Outcome list(IpFamily family, URI url) throws InterruptedException {
        try {
            ProxyList list = ProxyList.parse(document(url, MAX_LIST_BYTES).text());
            if (list.isEmpty()) {
                throw new IOException("it has no line 'proxy_for <dc> <address>:<port>;'");
            }
            return Outcome.good(list);
        } catch (IOException fault) {
            return Outcome.bad(family == essential ? missing(url, fault) : dispensable(url, fault));
        }
    }

    private Answer document(URI url, int maxBytes) throws IOException, InterruptedException {
        Answer answer = fetch.get(url, maxBytes + 1);
        if (answer.status() != OK) {
            throw new IOException("the answer has status " + answer.status());
        }
        if (answer.body().length() > maxBytes) {
            throw new IOException("it has more than " + maxBytes + " bytes");
        }
        return answer;
    }

    private static Finding missing(URI url, IOException fault) {
        return Finding.fail(
                NAME,
                WebUrl.plain(url) + ": " + fault.getMessage()
                        + "; ad tags need it: check the way there, or name another source of it");
    }

    private Finding dispensable(URI url, IOException fault) {
        return Finding.warn(
                NAME,
                WebUrl.plain(url) + ": " + fault.getMessage() + "; fine, as long as " + essential + " works here");
    }
}
