package io.github.mtgjava.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.cli.doctor.Fetch.Answer;
import io.github.mtgjava.cli.doctor.Finding.Status;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BootstrapCheckTest {

    private static final String BASE = "https://core.example/";
    private static final String SECRET = BASE + "secret";
    private static final String CONFIG = BASE + "config";
    private static final String CONFIG_V6 = BASE + "config6";
    private static final BootstrapCheck.Urls URLS =
            new BootstrapCheck.Urls(URI.create(SECRET), URI.create(CONFIG), URI.create(CONFIG_V6));

    private final Map<String, Answer> answers = new HashMap<>(Map.of(
            SECRET, answer("x".repeat(128)),
            CONFIG, answer("# force_probability 10 10\ndefault 2;\nproxy_for -1 149.154.175.50:8888;\n"),
            CONFIG_V6, answer("proxy_for 1 [2001:b28:f23d:f001::d]:8888;\n")));

    @Test
    void isContentWithWhatTelegramSends() throws InterruptedException {
        List<Finding> findings = run();
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).status()).isEqualTo(Status.OK);
        assertThat(findings.get(0).text()).contains("what ad tags need");
    }

    @ParameterizedTest
    @ValueSource(strings = {SECRET, CONFIG, CONFIG_V6})
    void namesTheUrlThatFails(String url) throws InterruptedException {
        answers.put(url, new Answer(503, Optional.empty(), answers.get(url).body()));
        assertFails(url, "status 503");
        answers.remove(url);
        assertFails(url, "refused");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 257})
    void boundsTheSecret(int length) throws InterruptedException {
        answers.put(SECRET, answer("x".repeat(length)));
        assertFails(SECRET, length + " bytes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "<html>", "proxy_for 1 149.154.175.50;", "proxy_for x 1.2.3.4:5;", "proxy_for 1 1.2.3.4:5"})
    void wantsALineThatNamesAProxy(String config) throws InterruptedException {
        answers.put(CONFIG, answer(config));
        assertFails(CONFIG, "proxy_for <dc>");
    }

    @Test
    void boundsTheList() throws InterruptedException {
        answers.put(CONFIG_V6, answer("proxy_for 1 1.2.3.4:5;\n".repeat(4000)));
        assertFails(CONFIG_V6, "longer than 64 KB");
    }

    private void assertFails(String url, String text) throws InterruptedException {
        List<Finding> findings = run();
        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).status()).isEqualTo(Status.FAIL);
        assertThat(findings.get(0).text()).startsWith(url + ": ").contains(text);
    }

    private List<Finding> run() throws InterruptedException {
        return new BootstrapCheck(URLS, url -> {
                    Answer answer = answers.get(url.toString());
                    if (answer == null) {
                        throw new IOException("refused");
                    }
                    return answer;
                })
                .run();
    }

    private static Answer answer(String body) {
        return new Answer(200, Optional.empty(), body);
    }
}
