package io.github.mtgjava.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.Secret;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The packaged program draws, whatever the locale. */
@Timeout(60)
class AccessIT {

    @Test
    void drawsInUtf8InEveryLocale() throws Exception {
        Map<String, String> environment = Map.of(
                "LC_ALL",
                "C",
                "MTG_SECRET",
                Secret.generateTls("www.example.com").hex());
        try (CliProcess cli = CliProcess.start(environment, "access", "--qr", "-4", "203.0.113.5:443")) {
            assertThat(cli.awaitExit()).isZero();
            List<String> lines = cli.out().lines().toList();
            assertThat(QrReader.read(lines.subList(1, lines.size()))).isEqualTo(lines.get(0));
            assertThat(cli.err()).isEmpty();
        }
    }
}
