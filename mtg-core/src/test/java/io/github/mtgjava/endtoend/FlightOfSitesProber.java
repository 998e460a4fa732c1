package io.github.mtgjava.endtoend;

import io.github.mtgjava.testkit.FakeOrigin;
import io.github.mtgjava.testkit.InstalledSites;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** The same as {@link OriginProfileIT} with the servers of {@link InstalledSites}, and back to the JDK's. */
class FlightOfSitesProber {

    @Test
    void theFlightIsThatOfEachSiteInTurn() throws Exception {
        try (FakeOrigin java = FakeOrigin.start();
                FlightCase proxy = new FlightCase(java.address())) {
            for (InetSocketAddress site : InstalledSites.all().values()) {
                proxy.cloak(site);
                proxy.awaitLikenessTo(site);
            }
            proxy.cloak(java.address());
            proxy.awaitLikenessTo(java.address());
        }
    }
}
