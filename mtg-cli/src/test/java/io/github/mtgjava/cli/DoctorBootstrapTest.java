package io.github.mtgjava.cli;

import static io.github.mtgjava.cli.HealthyHost.AD_TAG;
import static io.github.mtgjava.cli.HealthyHost.assertOnly;
import static io.github.mtgjava.cli.HealthyHost.lines;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.cli.Cli.Result;
import io.github.mtgjava.testkit.ClosedPort;
import io.github.mtgjava.testkit.FakeBootstrap;
import io.github.mtgjava.testkit.FakeMiddleProxy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The doctor where there is an ad tag: what such a proxy needs, and what it suffers less. Everything is on loopback. */
class DoctorBootstrapTest {

    private HealthyHost host;
    private FakeMiddleProxy middle;
    private FakeBootstrap site;

    @BeforeEach
    void makeAllWell() throws IOException {
        host = new HealthyHost();
        middle = FakeMiddleProxy.start(FakeMiddleProxy.anySecret());
        site = FakeBootstrap.start()
                .with(FakeBootstrap.CONFIG, entry(2, middle.address()))
                .with(FakeBootstrap.CONFIG_V6, entry(2, middle.address()));
        askSiteAt("");
    }

    @AfterEach
    void stop() throws IOException {
        site.close();
        middle.close();
        host.close();
    }

    private void askSiteAt(String prefix) {
        host.put("--proxy-secret-url", site.url(prefix + FakeBootstrap.SECRET).toString());
        host.put("--proxy-config-url", site.url(prefix + FakeBootstrap.CONFIG).toString());
        host.put(
                "--proxy-config-v6-url",
                site.url(prefix + FakeBootstrap.CONFIG_V6).toString());
    }

    private static String entry(int dc, InetSocketAddress address) {
        return "proxy_for " + dc + " " + Words.of(address) + ";\n";
    }

    @Test
    void findsNothingWhereAllIsWell() {
        assertWell(host.doctor(AD_TAG));
        assertWell(host.doctor(new Cli().with("MTG_ADTAG", AD_TAG)));
        assertThat(middle.await(() -> middle.accepted() == 2, Duration.ofSeconds(20)))
                .isTrue();
        assertThat(lines(host.doctor())).noneMatch(line -> line.contains("adtag"));
    }

    private static void assertWell(Result result) {
        assertThat(lines(result))
                .allMatch(line -> line.startsWith("OK "))
                .endsWith(
                        "OK    adtag     Telegram hands out what ad tags need",
                        "OK    adtag     1 of 1 middle proxies answer over IPv4");
    }

    @Test
    void followsRedirectsAsTheProxyDoes() {
        askSiteAt(FakeBootstrap.MOVED);
        assertWell(host.doctor(AD_TAG));
    }

    @Test
    void readsListsAsLongAsTheProxyDoes() {
        byte[] list = Arrays.copyOf(entry(2, middle.address()).getBytes(StandardCharsets.US_ASCII), 1 << 20);
        assertWell(withConfig(list));
        assertOnly("FAIL  adtag", withConfig(Arrays.copyOf(list, list.length + 1)));
    }

    private Result withConfig(byte[] list) {
        site.with(FakeBootstrap.CONFIG, list);
        return host.doctor(AD_TAG);
    }

    @Test
    void findsThatADocumentIsMissing() {
        site.withStatus(FakeBootstrap.CONFIG_V6, 404);
        assertOnly("WARN  adtag", host.doctor(AD_TAG));
        site.withStatus(FakeBootstrap.CONFIG_V6, 200).withStatus(FakeBootstrap.CONFIG, 404);
        assertOnly("FAIL  adtag", host.doctor(AD_TAG));
        site.withStatus(FakeBootstrap.CONFIG, 200).with(FakeBootstrap.SECRET, "short");
        assertOnly("FAIL  adtag", host.doctor(AD_TAG));
    }

    @Test
    void knowsWhichListIsEssential() {
        site.withStatus(FakeBootstrap.CONFIG, 404);
        host.put("--prefer-ip", "only-ipv6");
        assertThat(lines(host.doctor(AD_TAG)))
                .anyMatch(line -> line.startsWith("WARN  adtag     " + site.url(FakeBootstrap.CONFIG) + ": "));
    }

    @Test
    void findsThatMiddleProxiesAreOutOfReach() throws IOException {
        try (ClosedPort nobody = ClosedPort.reserve()) {
            site.with(FakeBootstrap.CONFIG, entry(2, middle.address()) + entry(-4, nobody.address()));
            Result result = host.doctor(AD_TAG);
            assertOnly("WARN  adtag     1 of 2 middle proxies answer over IPv4", result);
            assertThat(result.out()).contains("DC-4 at " + Words.of(nobody.address()));
            site.with(FakeBootstrap.CONFIG, entry(2, nobody.address()))
                    .with(FakeBootstrap.CONFIG_V6, entry(2, nobody.address()));
            assertOnly("FAIL  adtag     no middle proxy answers", host.doctor(AD_TAG));
        }
    }

    @Test
    void findsAClockThatMiddleProxiesRefuse() throws IOException {
        host.put("--clock-url", host.clock(Instant.now().plusSeconds(45)));
        assertOnly("WARN  clock", host.doctor());
        host.put("--clock-url", host.clock(Instant.now().plusSeconds(45)));
        assertOnly("FAIL  clock", host.doctor(AD_TAG));
    }

    @Test
    void findsAPublicAddressThatMiddleProxiesRefuse() throws IOException {
        host.put("--public-ip-url", host.serve("203.0.113.77\n"));
        assertOnly("WARN  address", host.doctor());
        assertOnly("FAIL  address", host.doctor(AD_TAG));
        host.put("--prefer-ip", "only-ipv4");
        assertOnly("FAIL  address", host.doctor(AD_TAG));
    }

    @Test
    void showsNothingOfUrlsThatMayBeSecret() {
        String url = site.url("/nothing").toString();
        site.withStatus("/nothing?token=hunter3", 404);
        host.put("--proxy-config-url", url.replace("://", "://user:hunter2@") + "?token=hunter3");
        Result result = host.doctor(AD_TAG);
        assertOnly("FAIL  adtag     " + url + ": ", result);
        assertThat(result.out() + result.err()).doesNotContain("user", "hunter", "token");
    }
}
