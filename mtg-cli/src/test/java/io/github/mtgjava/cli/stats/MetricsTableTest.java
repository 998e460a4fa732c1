package io.github.mtgjava.cli.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.LinkCloseReason;
import io.github.mtgjava.LinkFailureReason;
import io.github.mtgjava.MtProxy;
import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.Secret;
import io.github.mtgjava.SecretType;
import io.github.mtgjava.metrics.MicrometerProxyObserver;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents name exactly what there is. */
class MetricsTableTest {

    private static final Path HOME = Path.of("..");

    private static String document(String name) throws IOException {
        return Files.readString(HOME.resolve(name));
    }

    private static TreeSet<String> found(String text, String pattern) {
        return Pattern.compile(pattern, Pattern.MULTILINE)
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String scrape() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (MtProxy proxy = MtProxy.builder()
                .secret(Secret.generate(SecretType.SECURED))
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addObserver(new MicrometerProxyObserver(registry, "mtg"))
                .build()) {
            proxy.start();
            return registry.scrape(Accept.TEXT);
        }
    }

    /** Histograms have a maximum beside them, which the text mentions once for all. */
    private static TreeSet<String> metrics(String scrape) {
        TreeSet<String> names = found(scrape, "(?<=^# TYPE )mtg_\\w+");
        names.removeIf(name -> name.endsWith("_seconds_max"));
        return names;
    }

    @Test
    void theTableOfTheReadmeIsComplete() throws Exception {
        String table = document("README.md")
                .lines()
                .filter(line -> line.startsWith("| `mtg_"))
                .map(line -> line.split("\\|")[1])
                .collect(Collectors.joining("\n"));
        assertThat(found(table, "mtg_\\w+")).isEqualTo(metrics(scrape()));
    }

    @Test
    void dashboardAndRulesAskForMetricsThatThereAre() throws Exception {
        TreeSet<String> known = metrics(scrape());
        for (String file : List.of("docs/monitoring/dashboard.json", "docs/monitoring/alerts.yml")) {
            TreeSet<String> asked = found(document(file), "mtg_[a-z_]+(?=[{\\[ >)])");
            assertThat(asked)
                    .as(file)
                    .isNotEmpty()
                    .allSatisfy(name ->
                            assertThat(known).contains(name.replaceFirst("(_seconds)_(bucket|count|sum)$", "$1")));
        }
    }

    @Test
    void everyReasonIsListed() throws Exception {
        String labels = document("docs/metrics.md");
        Stream.<Enum<?>[]>of(
                        RefusalReason.values(),
                        CloseReason.values(),
                        LinkFailureReason.values(),
                        LinkCloseReason.values())
                .flatMap(Stream::of)
                .map(reason -> "`" + reason.name().toLowerCase(Locale.ROOT) + "`")
                .forEach(reason -> assertThat(labels).contains(reason));
    }
}
