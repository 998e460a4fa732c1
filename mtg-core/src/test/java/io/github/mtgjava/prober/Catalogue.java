package io.github.mtgjava.prober;

import io.github.mtgjava.MtProxyBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Everything that a prober tries. */
final class Catalogue {

    private static final long GENUINE = 1;
    private static final long FORGED = 2;
    private static final long USED = 3;

    private Catalogue() {}

    /** Tries all of it at a site and at a proxy before it, and puts it in the report; returns the unexcused lines. */
    static List<String> run(Site site, Report report) throws IOException {
        try (ProbedProxy proxy = ProbedProxy.before(site)) {
            List<Probe> probes = new ArrayList<>(ordinary(proxy, site.speaksTls()));
            probes.addAll(hostile(proxy));
            return report.add(site, new Prober(site, proxy).compareAll(probes));
        }
    }

    /** The same with what visitors do that mean no harm, or not much. */
    static List<String> runOrdinary(Site site, Report report) throws IOException {
        return runOrdinary(site, report, builder -> builder);
    }

    /** The same at a proxy that has been told something else. */
    static List<String> runOrdinary(Site site, Report report, UnaryOperator<MtProxyBuilder> settings)
            throws IOException {
        try (ProbedProxy proxy = ProbedProxy.before(site, settings)) {
            return report.add(site, new Prober(site, proxy).compareAll(ordinary(proxy, site.speaksTls())));
        }
    }

    private static List<Probe> ordinary(ProbedProxy proxy, boolean speaksTls) {
        List<Probe> probes = new ArrayList<>(HttpProbes.all());
        if (speaksTls) {
            probes.addAll(Browser.probes());
        }
        probes.addAll(HelloProbes.all(proxy.forgedHello(FORGED, 1)));
        probes.add(Probe.of("a forged digest, in records", Step.send(proxy.forgedHello(FORGED, 5))));
        return probes;
    }

    private static List<Probe> hostile(ProbedProxy proxy) throws IOException {
        byte[] genuine = proxy.genuineHello(GENUINE);
        byte[] forged = proxy.forgedHello(FORGED, 1);
        List<Probe> probes = new ArrayList<>(ReplayProbes.all(proxy.usedHello(USED)));
        probes.addAll(RecordProbes.all());
        probes.addAll(CutProbes.some(genuine, forged));
        probes.addAll(CutProbes.endedAnywhere(genuine));
        probes.addAll(CutProbes.ends(forged));
        return probes;
    }
}
