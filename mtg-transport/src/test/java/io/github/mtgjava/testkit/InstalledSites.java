package io.github.mtgjava.testkit;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Web servers that others wrote and docs/prober/run.sh has started on 127.0.0.1: the property {@code prober.sites} says which,
 * as {@code name=port,name=port}.
 */
public final class InstalledSites {

    private InstalledSites() {}

    /** Returns where they are, by their names. */
    public static Map<String, InetSocketAddress> all() {
        Map<String, InetSocketAddress> sites = new LinkedHashMap<>();
        for (String site : System.getProperty("prober.sites", "").split(",")) {
            String[] parts = site.split("=", 2);
            if (parts.length != 2) {
                throw new AssertionError("prober.sites needs name=port, but is: " + site);
            }
            sites.put(parts[0], new InetSocketAddress(LoopbackServer.ipv4(), Integer.parseInt(parts[1])));
        }
        return sites;
    }
}
