package io.github.mtgjava.prober;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.testkit.InstalledSites;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The same before the servers of {@link InstalledSites}. */
class InstalledSitesProber {

    @Test
    void theyCannotBeTold() throws Exception {
        Report report = new Report();
        List<String> differences = new ArrayList<>();
        try {
            for (Map.Entry<String, InetSocketAddress> site :
                    InstalledSites.all().entrySet()) {
                differences.addAll(Catalogue.run(Site.tls(site.getKey(), site.getValue()), report));
            }
        } finally {
            report.write(Path.of("target", "prober-report.md"));
        }
        assertThat(differences).isEmpty();
    }
}
