package io.github.mtgjava.prober;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The same before servers that others wrote and docs/prober/run.sh has started on 127.0.0.1: the property
 * {@code prober.sites} says which, as {@code name=port,name=port}.
 */
class InstalledSitesProber {

    @Test
    void theyCannotBeTold() throws Exception {
        Report report = new Report();
        List<String> differences = new ArrayList<>();
        try {
            for (String site : System.getProperty("prober.sites", "").split(",")) {
                String[] parts = site.split("=", 2);
                assertThat(parts).as("name=port").hasSize(2);
                InetSocketAddress address =
                        new InetSocketAddress(InetAddress.getByName("127.0.0.1"), Integer.parseInt(parts[1]));
                differences.addAll(Catalogue.run(Site.tls(parts[0], address), report));
            }
        } finally {
            report.write(Path.of("target", "prober-report.md"));
        }
        assertThat(differences).isEmpty();
    }
}
