package io.github.mtgjava.prober;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.testkit.EchoOrigin;
import io.github.mtgjava.testkit.FakeOrigin;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever does not know the secret cannot tell the proxy from the site that it cloaks, whatever they try. */
@Timeout(300)
class ProberIT {

    private static final Report REPORT = new Report();

    @AfterAll
    static void writeReport() throws IOException {
        REPORT.write(Path.of("target", "prober-report.md"));
    }

    @Test
    void everyByteIsTheSites() throws Exception {
        try (EchoOrigin origin = EchoOrigin.start()) {
            assertThat(Catalogue.run(Site.echo(origin), REPORT)).isEmpty();
        }
    }

    /** Nor can those who are not even let in to try: by a list, or as there are too many. */
    @Test
    void whoIsKeptOutCannotTellEither() throws Exception {
        try (EchoOrigin origin = EchoOrigin.start()) {
            Site site = Site.echo(origin);
            assertThat(Catalogue.runOrdinary(site, new Report(), builder -> builder.clientFilter(anybody -> false)))
                    .isEmpty();
            assertThat(Catalogue.runOrdinary(
                            site,
                            new Report(),
                            builder -> builder.maxHandshakeRate(1).maxConnections(1)))
                    .isEmpty();
        }
    }

    /** A prober that cannot find anything would find nothing. */
    @Test
    void anotherSiteIsTold() throws Exception {
        try (EchoOrigin origin = EchoOrigin.start();
                FakeOrigin other = FakeOrigin.start()) {
            Site tls = Site.tls("another", other.address());
            Prober prober = new Prober(Site.echo(origin), tls);
            assertThat(prober.compareAll(
                            List.of(Probe.of("HTTP GET", Step.send(HttpProbes.get())), Probe.of("nothing at all"))))
                    .extracting(Finding::same)
                    .containsOnly(false);
        }
    }
}
