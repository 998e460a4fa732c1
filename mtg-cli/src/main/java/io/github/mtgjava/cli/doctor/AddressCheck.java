package io.github.mtgjava.cli.doctor;

import io.github.mtgjava.IpFamily;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whether the links that users get lead to this machine. */
final class AddressCheck implements Check {

    private static final String NAME = "address";

    private final PublicAddresses addresses;

    AddressCheck(PublicAddresses addresses) {
        this.addresses = addresses;
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
            } else if (seen != null && !meant.contains(seen)) {
                findings.add(Finding.warn(
                        NAME,
                        option + " says " + text + ", but the world sees " + seen.getHostAddress()
                                + ": links lead elsewhere, unless that address is forwarded to here"));
            } else {
                good.add(text + " (as given by " + option + (seen != null ? ", and so the world sees it)" : ")"));
            }
        }
        if (!good.isEmpty()) {
            findings.add(0, Finding.ok(NAME, "links show " + String.join(" and ", good)));
        }
        return findings.isEmpty() ? List.of(unknown()) : findings;
    }

    private Finding unknown() {
        String reason = addresses.asks() ? "no service tells the public address" : "no service may be asked";
        return Finding.warn(NAME, reason + ", so there will be no links: give the address by -4 or -6");
    }
}
