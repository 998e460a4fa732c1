package io.github.mtgjava.internal.telegram.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import io.github.mtgjava.MtProxyException;
import io.github.mtgjava.PreferIp;
import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.internal.fetch.ScriptedWaiting;
import io.github.mtgjava.testkit.FakeBootstrap;
import io.github.mtgjava.testkit.FakeMiddleProxy;
import io.github.mtgjava.transport.middleproxy.ProxySecret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BootstrapTest extends BootstrapCase {

    @Test
    void fetchesAllThree() throws InterruptedException {
        bootstrap.start();
        MiddleProxyData data = bootstrap.current();
        assertThat(data.secret()).isEqualTo(ProxySecret.of(FakeMiddleProxy.anySecret()));
        assertThat(data.ipv4().dcs()).containsExactly(2);
        assertThat(data.ipv6().dcs()).containsExactly(2);
        assertThat(bootstrap.figures().refreshesOk()).isEqualTo(3);
        assertThat(bootstrap.figures().refreshesFailed()).isZero();
        assertThat(bootstrap.figures().ageMillis()).isLessThan(20_000);
        waiting.awaitWaits(1);
        assertThat(waiting.waits().get(0)).isBetween(Duration.ofMinutes(54), Duration.ofMinutes(66));
        assertThat(log.messages(Level.WARN)).isEmpty();
    }

    @Test
    void isThereWithoutIpv6() throws InterruptedException {
        site.withStatus(FakeBootstrap.CONFIG_V6, 404);
        bootstrap.start();
        assertThat(bootstrap.current().ipv6().isEmpty()).isTrue();
        waiting.awaitWaits(1);
        assertThat(waiting.waits().get(0)).as("no reason to try again soon").isGreaterThan(Duration.ofMinutes(50));
        assertThat(log.messages(Level.WARN)).singleElement().asString().contains("IPv6");
    }

    @Test
    void isThereWithoutIpv4() throws InterruptedException {
        site.with(FakeBootstrap.CONFIG, "<html>");
        bootstrap.start();
        assertThat(bootstrap.current().ipv4().isEmpty()).isTrue();
        assertThat(bootstrap.current().ipv6().isEmpty()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "/getProxySecret, 404, secret, status 404",
        "/getProxySecret, 503, secret, status 503",
        "/getProxySecret, 200, short, 5 bytes",
        "/getProxySecret, 200, LONG, 300 bytes",
        "/getProxySecret, 200, HUGE, more than 65536 bytes",
        "/getProxyConfig, 500, config, status 500",
        "/getProxyConfig, 200, <html>502 Bad Gateway</html>, no line",
        "/getProxyConfig, 200, ENDLESS, more than 1048576 bytes"
    })
    void waitsWhileADocumentIsNoGood(String path, int status, String content, String fault) throws Exception {
        String body = switch (content) {
            case "LONG" -> "x".repeat(300);
            case "HUGE" -> "x".repeat(70_000);
            case "ENDLESS" -> IPV4 + "#".repeat(1 << 20);
            default -> content;
        };
        site.withStatus(path, status).with(path, body).with(FakeBootstrap.CONFIG_V6, "");
        waiting.during(() -> site.withStatus(path, 200)
                .with(path, path.equals(FakeBootstrap.SECRET) ? FakeMiddleProxy.anySecret() : bytes(IPV4)));
        bootstrap.start();
        assertThat(bootstrap.current().ipv4().dcs()).containsExactly(2);
        assertThat(log.keyValues()).anySatisfy(line -> assertThat(line).contains(fault));
        assertThat(log.messages(Level.WARN)).anySatisfy(line -> assertThat(line).contains("not listening yet"));
    }

    @Test
    void triesLessAndLessOftenUntilItSucceeds() throws Exception {
        site.suspend();
        ScriptedWaiting.Step nothing = () -> {};
        waiting.during(nothing, nothing, nothing, nothing, nothing, nothing, nothing, site::resume);
        bootstrap.start();
        waiting.awaitWaits(9);
        double[] seconds = {1, 2, 4, 8, 16, 32, 60, 60};
        for (int i = 0; i < seconds.length; i++) {
            assertThat(waiting.waits().get(i).toMillis() / 1e3).isBetween(0.9 * seconds[i], 1.1 * seconds[i]);
        }
        assertThat(waiting.waits().get(8)).isGreaterThan(Duration.ofMinutes(50));
    }

    @Test
    void givesUpWhenItIsToldTo() {
        site.suspend();
        ScriptedWaiting.Step nothing = () -> {};
        waiting.during(nothing, nothing, nothing, nothing, nothing);
        bootstrap = bootstrap(Optional.empty(), Duration.ofSeconds(10));
        assertThatExceptionOfType(MtProxyException.class)
                .isThrownBy(bootstrap::start)
                .returns(MtProxyException.Reason.NOT_LOADED, MtProxyException::reason)
                .withMessageContaining("within 10 seconds")
                .withMessageContaining("proxy secret");
        assertThat(waiting.waits()).hasSize(4);
        assertThat(waiting.nanos())
                .as("no sooner")
                .isEqualTo(Duration.ofSeconds(10).toNanos());
    }

    @Test
    void closingEndsTheWait() throws Exception {
        site.suspend();
        FutureTask<Boolean> starting = start();
        waiting.awaitWaits(1);
        bootstrap.close();
        assertThat(starting).failsWithin(20, TimeUnit.SECONDS);
    }

    @Test
    void closingEndsTheWaitForASilentSite() {
        site.silentAt(FakeBootstrap.CONFIG);
        bootstrap = bootstrap(Optional.empty(), Duration.ZERO, Duration.ofHours(1));
        FutureTask<Boolean> starting = start();
        assertThat(site.awaitHits(FakeBootstrap.CONFIG, 1)).isTrue();
        bootstrap.close();
        assertThat(starting).failsWithin(20, TimeUnit.SECONDS);
        site.silentAt("");
    }

    @Test
    void aSilentSiteIsGivenUpInTime() throws InterruptedException {
        site.silentAt(FakeBootstrap.SECRET);
        waiting.during(() -> site.silentAt(""));
        bootstrap = bootstrap(Optional.empty(), Duration.ZERO, Duration.ofMillis(200));
        bootstrap.start();
        // Whose limit is noticed first, the client's or ours, does not matter.
        assertThat(log.keyValues()).anySatisfy(line -> assertThat(line).containsPattern("in time|timed out"));
    }

    @Test
    void followsRedirects() throws InterruptedException {
        BootstrapSettings settings = new BootstrapSettings(
                PreferIp.PREFER_IPV4,
                site.url(FakeBootstrap.MOVED + FakeBootstrap.SECRET),
                site.url(FakeBootstrap.CONFIG),
                site.url(FakeBootstrap.CONFIG_V6),
                Optional.empty(),
                HOUR,
                Duration.ZERO,
                Duration.ofSeconds(10));
        bootstrap = new Bootstrap(settings, InstantSource.system(), RandomSource.secure(), waiting);
        bootstrap.start();
        assertThat(bootstrap.figures().refreshesOk()).isEqualTo(3);
    }

    @Test
    void appliesEachDocumentByItself() throws Exception {
        waiting.during(
                () -> site.withStatus(FakeBootstrap.SECRET, 500)
                        .with(FakeBootstrap.CONFIG, IPV4.replace("_for 2", "_for 3"))
                        .withStatus(FakeBootstrap.CONFIG_V6, 500),
                () -> site.withStatus(FakeBootstrap.SECRET, 200));
        bootstrap.start();
        waiting.awaitWaits(3);
        assertThat(bootstrap.current().ipv4().dcs()).containsExactly(3);
        assertThat(bootstrap.current().ipv6().dcs()).containsExactly(2);
        assertThat(bootstrap.current().secret()).isEqualTo(ProxySecret.of(FakeMiddleProxy.anySecret()));
        assertThat(waiting.waits().get(1)).as("soon again").isLessThan(Duration.ofSeconds(2));
        assertThat(waiting.waits().get(2)).as("then as usual").isGreaterThan(Duration.ofMinutes(50));
        assertThat(bootstrap.figures().refreshesFailed()).isEqualTo(3);
        assertThat(log.messages(Level.INFO)).anySatisfy(line -> assertThat(line).contains("is there again"));
    }

    @Test
    void theSameTroubleIsLoggedOnceWhileThereIsSomethingToWorkWith() throws Exception {
        ScriptedWaiting.Step away = () -> site.withStatus(FakeBootstrap.CONFIG_V6, 404);
        waiting.during(away, away, away, away);
        bootstrap.start();
        waiting.awaitWaits(5);
        assertThat(bootstrap.figures().refreshesFailed()).isEqualTo(4);
        assertThat(log.messages(Level.WARN)).hasSize(1);
    }

    @Test
    void aFaultOfOursDoesNotEndTheRefreshing() throws Exception {
        AtomicBoolean broken = new AtomicBoolean();
        InstantSource clock = () -> {
            if (broken.get()) {
                throw new IllegalStateException("a broken clock");
            }
            return Instant.now();
        };
        bootstrap = bootstrap(Optional.empty(), Duration.ZERO, Duration.ofSeconds(10), clock);
        waiting.during(() -> broken.set(true), () -> broken.set(false));
        bootstrap.start();
        waiting.awaitWaits(3);
        assertThat(bootstrap.figures().refreshesOk()).isEqualTo(6);
        assertThat(log.messages(Level.ERROR)).hasSize(1);
    }

    @Test
    void neverLogsTheSecretNorWhatAUrlMayHide() throws Exception {
        String base = site.url("/elsewhere").toString();
        BootstrapSettings settings = new BootstrapSettings(
                PreferIp.PREFER_IPV4,
                site.url(FakeBootstrap.SECRET),
                site.url(FakeBootstrap.CONFIG),
                URI.create(base.replace("//", "//user:hunter2@") + "?token=hunter3"),
                Optional.empty(),
                HOUR,
                Duration.ZERO,
                Duration.ofSeconds(10));
        bootstrap = new Bootstrap(settings, InstantSource.system(), RandomSource.secure(), waiting);
        bootstrap.start();
        String secret = HexFormat.of().formatHex(FakeMiddleProxy.anySecret(), 0, 8);
        assertThat(String.join("\n", log.keyValues())).contains(base).doesNotContain("hunter", "user");
        assertThat(String.join("\n", log.messages(Level.WARN))).contains("IPv6").doesNotContain("hunter", secret);
        assertThat(bootstrap.current().toString()).doesNotContain(secret);
    }

    @Test
    void withIpv6OnlyThatListIsTheOneThatMatters() throws Exception {
        bootstrap = bootstrap(PreferIp.ONLY_IPV6);
        site.withStatus(FakeBootstrap.CONFIG_V6, 404);
        waiting.during(() -> site.withStatus(FakeBootstrap.CONFIG_V6, 200).withStatus(FakeBootstrap.CONFIG, 404));
        bootstrap.start();
        waiting.awaitWaits(2);
        assertThat(log.messages(Level.WARN)).anySatisfy(line -> assertThat(line).contains("not listening yet"));
        assertThat(waiting.waits().get(1)).as("no reason to try again soon").isGreaterThan(Duration.ofMinutes(50));
    }

    @Test
    void withIpv4OnlyTheOtherListIsNoSubstitute() throws Exception {
        bootstrap = bootstrap(PreferIp.ONLY_IPV4);
        site.withStatus(FakeBootstrap.CONFIG, 404);
        waiting.during(() -> site.withStatus(FakeBootstrap.CONFIG, 200));
        bootstrap.start();
        assertThat(log.messages(Level.WARN)).anySatisfy(line -> assertThat(line).contains("not listening yet"));
    }

    @Test
    void linesThatNobodyUnderstandsAreSaidOnce() throws Exception {
        ScriptedWaiting.Step same = () -> {};
        site.with(FakeBootstrap.CONFIG, IPV4 + "proxy_for two 192.0.2.1:80;\n");
        waiting.during(same, same, () -> site.with(FakeBootstrap.CONFIG, IPV4 + "proxy_for 1;\nproxy_for 2;\n"), same);
        bootstrap.start();
        waiting.awaitWaits(5);
        assertThat(log.messages(Level.WARN)).hasSize(2).allMatch(line -> line.contains("IPv4"));
        assertThat(String.join("\n", log.keyValues())).contains("lines=\"1\"", "lines=\"2\"");
    }

    @Test
    void aDocumentThatNeverComesIsGivenUpInTime() throws InterruptedException {
        site.stalledAt(FakeBootstrap.CONFIG);
        waiting.during(() -> site.stalledAt(""));
        bootstrap = bootstrap(Optional.empty(), Duration.ZERO, Duration.ofMillis(200));
        site.with(FakeBootstrap.CONFIG_V6, "");
        bootstrap.start();
        assertThat(log.keyValues()).anySatisfy(line -> assertThat(line).containsPattern("in time|timed out"));
    }
}
