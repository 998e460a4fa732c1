package io.github.mtgjava.prober;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.testkit.FakeOrigin;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@link ProberIT} tries, before sites that speak TLS: apart from it, as the two can be waited for at once. */
@Timeout(300)
class TlsSiteProberIT {

    private static final Report REPORT = new Report();

    @AfterAll
    static void writeReport() throws IOException {
        REPORT.write(Path.of("target", "tls-prober-report.md"));
    }

    @Test
    void aSiteOfTls13CannotBeTold() throws Exception {
        try (FakeOrigin origin = FakeOrigin.start()) {
            assertThat(Catalogue.run(Site.tls("the JDK, TLS 1.3", origin.address()), REPORT))
                    .isEmpty();
        }
    }

    @Test
    void aSiteOfTls12CannotBeTold() throws Exception {
        try (FakeOrigin origin = FakeOrigin.startTls12()) {
            assertThat(Catalogue.runOrdinary(Site.tls("the JDK, TLS 1.2", origin.address()), REPORT))
                    .isEmpty();
        }
    }
}
