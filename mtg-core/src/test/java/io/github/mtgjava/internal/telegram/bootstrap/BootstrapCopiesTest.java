package io.github.mtgjava.internal.telegram.bootstrap;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.internal.fetch.ScriptedWaiting;
import io.github.mtgjava.testkit.FakeBootstrap;
import io.github.mtgjava.testkit.FakeMiddleProxy;
import io.github.mtgjava.transport.middleproxy.ProxySecret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies on disk, for starts while Telegram's site is away. */
class BootstrapCopiesTest extends BootstrapCase {

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
}
