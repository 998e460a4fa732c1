package io.github.mtgjava.internal.telegram.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import io.github.mtgjava.MtProxyException;
import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.internal.LogRecorder;
import io.github.mtgjava.testkit.FakeBootstrap;
import io.github.mtgjava.testkit.FakeMiddleProxy;
import io.github.mtgjava.transport.middleproxy.ProxySecret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class BootstrapTest {

    private static final String IPV4 = "default 2;\nproxy_for 2 192.0.2.1:80;\n";
    private static final String IPV6 = "proxy_for 2 [2001:db8::1]:80;\n";
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path directory;

    private final ScriptedWaiting waiting = new ScriptedWaiting();
    private final LogRecorder log =
            LogRecorder.of(Bootstrap.class, Fetcher.class, Holdings.class, CacheDirectory.class, ClockCheck.class);
    private FakeBootstrap site;
    private Bootstrap bootstrap;

    @BeforeEach
    void startSite() throws IOException {
        site = FakeBootstrap.start().with(FakeBootstrap.CONFIG, IPV4).with(FakeBootstrap.CONFIG_V6, IPV6);
        bootstrap = bootstrap(Optional.of(directory.resolve("cache")), Duration.ZERO);
    }

    @AfterEach
    void stop() {
        bootstrap.close();
        site.close();
        log.close();
    }

    private Bootstrap bootstrap(Optional<Path> cache, Duration startTimeout) {
        return bootstrap(cache, startTimeout, Duration.ofSeconds(10));
    }

    private Bootstrap bootstrap(Optional<Path> cache, Duration startTimeout, Duration requestTimeout) {
        return bootstrap(cache, startTimeout, requestTimeout, InstantSource.system());
    }

    private Bootstrap bootstrap(
            Optional<Path> cache, Duration startTimeout, Duration requestTimeout, InstantSource clock) {
        return new Bootstrap(settings(cache, startTimeout, requestTimeout), clock, RandomSource.secure(), waiting);
    }

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

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
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

    private FutureTask<Boolean> start() {
        FutureTask<Boolean> starting = new FutureTask<>(() -> {
            bootstrap.start();
            return true;
        });
        Thread thread = new Thread(starting, "starting");
        thread.setDaemon(true);
        thread.start();
        return starting;
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
    void startsFromCopiesAndKeepsTrying() throws Exception {
        bootstrap.start();
        bootstrap.close();
        site.suspend();
        Path config = directory.resolve("cache").resolve("proxy-config");
        Files.setLastModifiedTime(config, FileTime.from(Instant.now().minus(Duration.ofHours(3))));
        ScriptedWaiting again = new ScriptedWaiting().during(() -> {}, site::resume);
        BootstrapSettings settings =
                settings(Optional.of(directory.resolve("cache")), Duration.ofSeconds(1), Duration.ofSeconds(10));
        try (Bootstrap second = new Bootstrap(settings, InstantSource.system(), RandomSource.secure(), again)) {
            second.start();
            assertThat(second.current().secret()).isEqualTo(ProxySecret.of(FakeMiddleProxy.anySecret()));
            assertThat(Duration.ofMillis(second.figures().ageMillis()))
                    .isBetween(Duration.ofMinutes(179), Duration.ofMinutes(181));
            assertThat(log.messages(Level.WARN))
                    .filteredOn(line -> line.contains("cached copy"))
                    .hasSize(3);
            again.awaitWaits(3);
            assertThat(second.figures().refreshesOk()).isEqualTo(3);
            assertThat(Duration.ofMillis(second.figures().ageMillis())).isLessThan(Duration.ofMinutes(1));
        }
    }

    private BootstrapSettings settings(Optional<Path> cache) {
        return settings(cache, Duration.ZERO, Duration.ofSeconds(10));
    }

    private BootstrapSettings settings(Optional<Path> cache, Duration startTimeout, Duration requestTimeout) {
        return new BootstrapSettings(
                site.url(FakeBootstrap.SECRET),
                site.url(FakeBootstrap.CONFIG),
                site.url(FakeBootstrap.CONFIG_V6),
                cache,
                HOUR,
                startTimeout,
                requestTimeout);
    }

    @ParameterizedTest
    @ValueSource(strings = {FakeBootstrap.CONFIG, FakeBootstrap.CONFIG_V6})
    void aCopyStandsInForOneListThatIsAway(String path) throws Exception {
        bootstrap.start();
        bootstrap.close();
        site.withStatus(path, 503);
        try (Bootstrap second = new Bootstrap(
                settings(Optional.of(directory.resolve("cache"))),
                InstantSource.system(),
                RandomSource.secure(),
                new ScriptedWaiting())) {
            second.start();
            assertThat(second.current().ipv4().dcs()).containsExactly(2);
            assertThat(second.current().ipv6().dcs()).containsExactly(2);
        }
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
    void aDirectoryThatCannotBeWrittenIsSaidOnce() throws Exception {
        Path cache = Files.createDirectories(directory.resolve("cache"));
        Files.createDirectory(cache.resolve("proxy-secret"));
        waiting.during(() -> {}, () -> {});
        bootstrap.start();
        waiting.awaitWaits(3);
        assertThat(bootstrap.figures().refreshesOk()).isEqualTo(9);
        assertThat(log.messages(Level.WARN))
                .filteredOn(line -> line.contains("cannot keep a copy"))
                .hasSize(1);
    }

    @Test
    void copiesAreForTheirOwnerOnly() throws Exception {
        bootstrap.start();
        Path cache = directory.resolve("cache");
        assertThat(cache).isDirectoryContaining("glob:**proxy-secret").isDirectoryContaining("glob:**proxy-config-v6");
        if (cache.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)))
                    .isEqualTo("rwx------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache.resolve("proxy-secret"))))
                    .isEqualTo("rw-------");
        }
        assertThat(cache.resolve("proxy-secret")).hasBinaryContent(FakeMiddleProxy.anySecret());
        try (var files = Files.list(cache)) {
            assertThat(files).as("no temporary ones").hasSize(3);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDirectoryThatCannotBeWrittenIsNoReasonToFail(boolean isFile) throws Exception {
        Path cache = directory.resolve("taken");
        if (isFile) {
            Files.writeString(cache, "no directory");
        } else {
            Files.createDirectories(cache.resolve("proxy-secret"));
            Files.createDirectories(cache.resolve("proxy-config"));
            Files.createDirectories(cache.resolve("proxy-config-v6"));
        }
        bootstrap = bootstrap(Optional.of(cache), Duration.ZERO);
        bootstrap.start();
        assertThat(bootstrap.figures().refreshesOk()).isEqualTo(3);
        bootstrap.close();
    }

    @Test
    void copiesThatMakeNoSenseAreLeftAlone() throws Exception {
        Path cache = Files.createDirectories(directory.resolve("cache"));
        Files.write(cache.resolve("proxy-secret"), new byte[300]);
        Files.writeString(cache.resolve("proxy-config"), "x".repeat(2 << 20));
        Files.createDirectory(cache.resolve("proxy-config-v6"));
        site.suspend();
        waiting.during(site::resume);
        bootstrap.start();
        assertThat(bootstrap.figures().refreshesOk()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"0, 0, 0", "4, 0, 0", "10, 1, 0", "-10, 1, 0", "100, 0, 1", "-100, 0, 1"})
    void comparesClocks(int secondsAhead, int warnings, int errors) throws InterruptedException {
        site.withDate(DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(secondsAhead)));
        bootstrap.start();
        assertThat(bootstrap.figures().clockOffsetMillis().orElseThrow())
                .isBetween(secondsAhead * 1000L - 3_000, secondsAhead * 1000L + 1_500);
        assertThat(log.messages(Level.WARN)).hasSize(warnings);
        assertThat(log.messages(Level.ERROR)).hasSize(errors);
    }

    @Test
    void aSlowDocumentDoesNotMakeTheClockLookWrong() throws InterruptedException {
        site.silentAt(FakeBootstrap.SECRET).withDate("Wed, 25 Nov 2026 12:00:00 GMT");
        waiting.during(() -> site.silentAt(""));
        Instant noon = Instant.parse("2026-11-25T12:00:00Z");
        InstantSource clock = () -> log.messages(Level.WARN).isEmpty() ? noon : noon.plusSeconds(30);
        bootstrap = bootstrap(Optional.empty(), Duration.ZERO, Duration.ofSeconds(2), clock);
        FutureTask<Boolean> starting = start();
        waiting.awaitWaits(1);
        assertThat(bootstrap.figures().clockOffsetMillis()).hasValue(500);
        assertThat(starting).succeedsWithin(20, TimeUnit.SECONDS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "Wed, 99 Nov 2026 99:99:99 GMT"})
    void aSiteWithoutASensibleDateIsNoClock(String date) throws InterruptedException {
        site.withDate(date);
        bootstrap.start();
        assertThat(bootstrap.figures().clockOffsetMillis()).isEmpty();
        assertThat(bootstrap.figures().refreshesOk()).isEqualTo(3);
    }

    @Test
    void neverLogsTheSecretNorWhatAUrlMayHide() throws Exception {
        site.withStatus(FakeBootstrap.CONFIG_V6, 404);
        bootstrap.start();
        assertThat(String.join("\n", log.keyValues()))
                .contains("http://127.0.0.1:")
                .doesNotContain("?");
        assertThat(bootstrap.current().toString()).doesNotContain(String.valueOf(FakeMiddleProxy.anySecret()[0]) + ",");
    }
}
