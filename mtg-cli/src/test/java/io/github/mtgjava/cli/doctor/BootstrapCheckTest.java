package io.github.mtgjava.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.IpFamily;
import io.github.mtgjava.cli.doctor.Fetch.Answer;
import io.github.mtgjava.cli.doctor.Finding.Status;
import io.github.mtgjava.testkit.Vectors;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapCheckTest {

    private static final String BASE = "https://core.example/";
    private static final String SECRET = BASE + "secret";
    private static final String CONFIG = BASE + "config";
    private static final String CONFIG_V6 = BASE + "config6";
    private static final Set<IpFamily> BOTH = Set.of(IpFamily.values());
    private static final String LINE = "proxy_for 1 192.0.2.1:80;\n";

    private final Map<String, Answer> answers = new HashMap<>(Map.of(
            SECRET, answer("x".repeat(128)),
            CONFIG, answer("# force_probability 10 10\ndefault 2;\nproxy_for -1 149.154.175.50:8888;\n"),
            CONFIG_V6, answer("proxy_for 1 [2001:b28:f23d:f001::d]:8888;\n")));

    @Test
    void isContentWithWhatTelegramSends() throws InterruptedException {
        assertThat(run(BOTH))
                .containsExactly(
                        Finding.ok("adtag", "Telegram hands out what ad tags need"),
                        Finding.ok("adtag", "1 of 1 middle proxies answer over IPv4"),
                        Finding.ok("adtag", "1 of 1 middle proxies answer over IPv6"));
    }

    @ParameterizedTest
    @CsvSource({
        SECRET + ", true, true, FAIL",
        CONFIG + ", true, true, FAIL",
        CONFIG_V6 + ", true, true, WARN",
        CONFIG + ", true, false, FAIL",
        CONFIG_V6 + ", true, false, WARN",
        CONFIG + ", false, true, WARN",
        CONFIG_V6 + ", false, true, FAIL"
    })
    void namesTheUrlThatFailsAndTellsWhetherItMatters(String url, boolean ipv4, boolean ipv6, Status expected)
            throws InterruptedException {
        Set<IpFamily> families = ipv4 && ipv6 ? BOTH : Set.of(ipv4 ? IpFamily.IPV4 : IpFamily.IPV6);
        answers.put(url, new Answer(503, Optional.empty(), answers.get(url).body()));
        assertFault(families, expected, url, "status 503");
        answers.remove(url);
        assertFault(families, expected, url, "refused");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 257})
    void boundsTheSecret(int length) throws InterruptedException {
        answers.put(SECRET, answer("x".repeat(length)));
        assertFault(BOTH, Status.FAIL, SECRET, "it has " + length + " bytes, not 32 to 256");
        answers.put(SECRET, answer("x".repeat(70_000)));
        assertFault(BOTH, Status.FAIL, SECRET, "it has more than 65536 bytes");
    }

    /** Which lines name a middle proxy is told by the vectors that the proxy's own reader is held to. */
    @TestFactory
    Stream<DynamicTest> judgesListsAsTheProxyDoes() {
        return Vectors.each(Vectors.middle("proxy_config"), vector -> {
            answers.put(CONFIG, answer(utf8(Vectors.string(vector, "text"))));
            boolean good = !vector.getAsJsonObject("map").isEmpty();
            assertThat(statusOf(CONFIG)).isEqualTo(good ? Status.OK : Status.FAIL);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "'', FAIL",
        "<html>, FAIL",
        "proxy_for 1 149.154.175.50;, FAIL",
        "proxy_for x 1.2.3.4:5;, FAIL",
        "proxy_for 1 middle.example:5;, FAIL",
        "proxy_for 1 1.2.3.256:5;, FAIL",
        "proxy_for 1 1.2.3.4:0;, FAIL",
        "proxy_for 1 1.2.3.4:5, OK",
        "default 1; proxy_for 1 1.2.3.4:5;, OK",
        "proxy_for -203 [2001:db8::1]:5 ;, OK"
    })
    void wantsALineThatNamesAProxyAsTheProxyReadsIt(String config, Status expected) throws InterruptedException {
        answers.put(CONFIG, answer(config));
        assertThat(statusOf(CONFIG)).isEqualTo(expected);
    }

    @Test
    void allowsListsThatTheProxyAllows() throws InterruptedException {
        int limit = 1 << 20;
        answers.put(CONFIG, answer(LINE + "#".repeat(limit - LINE.length())));
        assertThat(statusOf(CONFIG)).isEqualTo(Status.OK);
        answers.put(CONFIG, answer(LINE + "#".repeat(limit - LINE.length() + 1)));
        assertFault(BOTH, Status.FAIL, CONFIG, "it has more than 1048576 bytes");
    }

    @Test
    void showsNothingOfAUrlThatMayBeSecret() throws InterruptedException {
        answers.clear();
        String secretive = "https://user:hunter2@core.example:8443/secret?token=hunter3#hunter4";
        List<Finding> findings =
                run(new BootstrapCheck.Urls(URI.create(secretive), URI.create(secretive), URI.create(secretive)), BOTH);
        assertThat(findings)
                .hasSize(3)
                .allSatisfy(finding -> assertThat(finding.text())
                        .startsWith("https://core.example:8443/secret: ")
                        .doesNotContain("user", "hunter", "token"));
    }

    @Test
    void looksForMiddleProxiesEvenIfADocumentIsMissing() throws InterruptedException {
        answers.remove(SECRET);
        answers.remove(CONFIG_V6);
        assertThat(run(BOTH)).last().isEqualTo(Finding.ok("adtag", "1 of 1 middle proxies answer over IPv4"));
        answers.remove(CONFIG);
        assertThat(run(BOTH)).hasSize(3).noneMatch(finding -> finding.text().contains("middle proxies"));
    }

    private Status statusOf(String url) throws InterruptedException {
        return fault(BOTH, url).map(Finding::status).orElse(Status.OK);
    }

    private Optional<Finding> fault(Set<IpFamily> families, String url) throws InterruptedException {
        return run(families).stream()
                .filter(finding -> finding.text().startsWith(url + ": "))
                .findFirst();
    }

    private void assertFault(Set<IpFamily> families, Status status, String url, String text)
            throws InterruptedException {
        assertThat(fault(families, url)).hasValueSatisfying(finding -> {
            assertThat(finding.status()).isEqualTo(status);
            assertThat(finding.text()).contains(text);
        });
    }

    private List<Finding> run(Set<IpFamily> families) throws InterruptedException {
        return run(new BootstrapCheck.Urls(URI.create(SECRET), URI.create(CONFIG), URI.create(CONFIG_V6)), families);
    }

    private List<Finding> run(BootstrapCheck.Urls urls, Set<IpFamily> families) throws InterruptedException {
        Fetch fetch = (url, maxBytes) -> {
            Answer answer = answers.get(url.toString());
            if (answer == null) {
                throw new IOException("refused");
            }
            String body = answer.body();
            return new Answer(answer.status(), answer.date(), body.substring(0, Math.min(maxBytes, body.length())));
        };
        return new BootstrapCheck(urls, families, fetch, new MiddleProxyReach(families, address -> {})).run();
    }

    /** One character for each byte, as a fetch has it. */
    private static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private static Answer answer(String body) {
        return new Answer(200, Optional.empty(), body);
    }
}
