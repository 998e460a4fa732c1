package io.github.mtgjava.cli.doctor;

import io.github.mtgjava.IpFamily;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What to say about the answers of data centres: each fault once, however many probes met it. */
final class TelegramVerdict {

    private static final String WAY = "check the firewall and the way to Telegram, or give other addresses by --dc";

    /**
     * How a DC answered over a family.
     *
     * @param time of the fastest answer
     * @param error why there is none
     */
    record Reach(int dc, IpFamily family, Optional<Duration> time, String error) {

        boolean works() {
            return time.isPresent();
        }
    }

    private final String check;
    private final List<Reach> all;
    private final Set<Integer> reachable;

    private TelegramVerdict(String check, List<Reach> all) {
        this.check = check;
        this.all = all;
        this.reachable = all.stream().filter(Reach::works).map(Reach::dc).collect(Collectors.toSet());
    }

    /**
     * The findings.
     *
     * @param dcs that are wanted, whether or not there is an address of theirs
     */
    static List<Finding> of(String check, Set<Integer> dcs, List<Reach> reached) {
        return new TelegramVerdict(check, reached).findings(dcs);
    }

    private List<Finding> findings(Set<Integer> dcs) {
        if (reachable.isEmpty()) {
            String first =
                    all.stream().findFirst().map(Reach::error).orElse("no address of the family that is allowed");
            return List.of(Finding.fail(check, "no data centre of Telegram answers (" + first + "): " + WAY));
        }
        List<Finding> findings = new ArrayList<>();
        for (IpFamily family : IpFamily.values()) {
            times(family).ifPresent(findings::add);
        }
        for (IpFamily family : IpFamily.values()) {
            silence(family).ifPresent(findings::add);
        }
        dcs.stream()
                .filter(dc -> !reachable.contains(dc))
                .map(this::unreachable)
                .forEach(findings::add);
        return findings;
    }

    private Optional<Finding> times(IpFamily family) {
        String times = all.stream()
                .filter(reach -> reach.family == family)
                .flatMap(reach -> reach.time.stream().map(time -> "DC" + reach.dc + " " + Times.text(time)))
                .collect(Collectors.joining(", "));
        return times.isEmpty() ? Optional.empty() : Optional.of(Finding.ok(check, family + ": " + times));
    }

    /** What does not answer over this family, but over the other one. */
    private Optional<Finding> silence(IpFamily family) {
        List<Reach> tried = all.stream()
                .filter(reach -> reach.family == family && reachable.contains(reach.dc))
                .toList();
        List<Reach> silent = tried.stream().filter(reach -> !reach.works()).toList();
        if (silent.isEmpty()) {
            return Optional.empty();
        }
        String other = family == IpFamily.IPV4 ? "only-ipv6" : "only-ipv4";
        if (silent.size() == tried.size()) {
            return Optional.of(Finding.warn(
                    check,
                    family + " does not work here (" + silent.get(0).error + "): fine, or say --prefer-ip " + other));
        }
        String names = silent.stream().map(reach -> "DC" + reach.dc).collect(Collectors.joining(", "));
        return Optional.of(Finding.warn(
                check,
                names + ": no answer over " + family + " (" + silent.get(0).error
                        + "), so some clients wait longer: fine for a while, or say --prefer-ip " + other));
    }

    private Finding unreachable(int dc) {
        String error = all.stream()
                .filter(reach -> reach.dc == dc)
                .findFirst()
                .map(Reach::error)
                .orElse("it has no address of the family that is allowed");
        return Finding.fail(check, "DC" + dc + " does not answer (" + error + "), so its users get nothing: " + WAY);
    }
}
