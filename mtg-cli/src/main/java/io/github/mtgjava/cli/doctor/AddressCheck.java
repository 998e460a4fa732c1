package io.github.mtgjava.cli.doctor;

import io.github.mtgjava.IpFamily;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Whether the links that users get lead to this machine, and middle proxies see it where it says that it is. */
final class AddressCheck implements Check {

    private static final String NAME = "address";

    private final PublicAddresses addresses;
    private final Set<IpFamily> middleProxies;

    /**
     * Makes one.
     *
     * @param middleProxies families by which middle proxies may be reached; none without an ad tag
     */
    AddressCheck(PublicAddresses addresses, Set<IpFamily> middleProxies) {
        this.addresses = addresses;
        this.middleProxies = Set.copyOf(middleProxies);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Finding> run() throws InterruptedException {
        Map<IpFamily, InetAddress> found = addresses.found();
        List<Finding> findings = new ArrayList<>();
        List<String> good = new ArrayList<>();
        for (IpFamily family : IpFamily.values()) {
            String option = family == IpFamily.IPV4 ? "-4" : "-6";
            InetAddress seen = found.get(family);
            if (!addresses.given().containsKey(family)) {
                if (seen != null) {
                    good.add(seen.getHostAddress() + " (looked up)");
                }
                continue;
            }
            List<InetAddress> meant = addresses.meant(family);
            String text = addresses.given().get(family).getHostString();
            if (meant.isEmpty()) {
                findings.add(Finding.fail(
                        NAME, text + " of " + option + " has no " + family + " address: users cannot find it"));
            } else if (seen != null && isElsewhere(family, meant, seen)) {
                findings.add(elsewhere(family, option + " says " + text, seen));
            } else {
                good.add(text + " (as given by " + option + (seen != null ? ", and so the world sees it)" : ")"));
            }
        }
        if (!good.isEmpty()) {
            findings.add(0, Finding.ok(NAME, "links show " + String.join(" and ", good)));
        }
        return findings.isEmpty() ? List.of(unknown()) : findings;
    }

    /** Users try all addresses of a name; into the keys of connections to middle proxies goes the first one. */
    private boolean isElsewhere(IpFamily family, List<InetAddress> meant, InetAddress seen) {
        return middleProxies.contains(family) ? !meant.get(0).equals(seen) : !meant.contains(seen);
    }

    private Finding elsewhere(IpFamily family, String said, InetAddress seen) {
        String fact = said + ", but the world sees " + seen.getHostAddress();
        return middleProxies.contains(family)
                ? Finding.fail(
                        NAME,
                        fact + ": middle proxies see that one, too, and take nobody who says another; give the address"
                                + " that the world sees")
                : Finding.warn(NAME, fact + ": links lead elsewhere, unless that address is forwarded to here");
    }

    private Finding unknown() {
        String reason = addresses.asks() ? "no service tells the public address" : "no service may be asked";
        return Finding.warn(NAME, reason + ", so there will be no links: give the address by -4 or -6");
    }
}
