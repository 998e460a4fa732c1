package io.github.mtgjava.prober;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tries the same at a site and at the proxy before it. Where they seem to differ both are tried again, with more
 * patience, as a machine may be busy; and what the site itself does now one way and now the other (FIN or RST, when it
 * closes with bytes unread) the proxy may do too.
 */
final class Prober {

    /** What is looked at for longer only if there seems to be a difference. */
    private static final List<Duration> MORE_PATIENCE =
            List.of(Duration.ofMillis(300), Duration.ofSeconds(1), Duration.ofSeconds(2));

    /** So many differences of one row are worth being sure of; the rest of a row is looked at once. */
    private static final int SURE_DIFFERENCES = 3;

    private final Site site;
    private final Target proxy;
    private final Map<String, Integer> differences = new HashMap<>();

    Prober(Site site, Target proxy) {
        this.site = site;
        this.proxy = proxy;
    }

    List<Finding> compareAll(List<Probe> probes) throws IOException {
        List<Finding> findings = new ArrayList<>();
        for (Probe probe : probes) {
            findings.add(compare(probe));
        }
        return findings;
    }

    private Finding compare(Probe probe) throws IOException {
        List<Observation> ofSite = new ArrayList<>();
        Finding finding = null;
        for (Duration patience : patience(probe)) {
            ofSite.add(observe(site, probe, patience));
            Observation ofProxy = observe(proxy, probe, patience);
            boolean same = ofSite.stream().anyMatch(seen -> seen.isLike(ofProxy, site.likeness()));
            finding = finding(probe, ofSite.get(ofSite.size() - 1), ofProxy, same);
            if (same) {
                return finding;
            }
        }
        differences.merge(probe.row(), 1, Integer::sum);
        if (finding == null) {
            throw new IllegalStateException("nothing was tried");
        }
        return finding;
    }

    private List<Duration> patience(Probe probe) {
        List<Duration> patience = new ArrayList<>(List.of(site.likeness().patience()));
        boolean isOnce = Unavoidable.reason(site, probe.row()).isPresent()
                || differences.getOrDefault(probe.row(), 0) >= SURE_DIFFERENCES;
        if (!isOnce) {
            patience.addAll(MORE_PATIENCE);
        }
        return patience;
    }

    private Finding finding(Probe probe, Observation ofSite, Observation ofProxy, boolean same) {
        return new Finding(
                probe.row(), probe.name(), ofSite.describe(site.likeness()), ofProxy.describe(site.likeness()), same);
    }

    private static Observation observe(Target target, Probe probe, Duration patience) throws IOException {
        try (Wire wire = Wire.to(target, patience)) {
            for (Step step : probe.steps()) {
                step.take(wire);
            }
            wire.passDeadline();
            wire.passOriginsPatience();
            return wire.observation();
        }
    }
}
