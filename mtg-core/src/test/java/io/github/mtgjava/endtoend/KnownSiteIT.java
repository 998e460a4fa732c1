package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.mtgjava.MtProxyBuilder;
import io.github.mtgjava.internal.LogRecorder;
import io.github.mtgjava.testkit.ClosedPort;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.FakeOrigin;
import io.github.mtgjava.testkit.RecordingOrigin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How the proxy comes to know the flight of its site, and what it does while it does not. */
@Timeout(120)
class KnownSiteIT {

    /** What clients like best, and get where nothing is known. */
    private static final int AES_128 = 0x1301;

    private static final int CHACHA20 = 0x1303;

    private static UnaryOperator<MtProxyBuilder> looking(InetSocketAddress site) {
        return builder -> builder.cloakAddress(site).cloakProbeInterval(Duration.ofHours(6));
    }

    private static int suite(RunningCase running) throws IOException {
        return FirstFlight.of(running).cipherSuite();
    }

    @Test
    void whatWasSeenServesTheNextStartIfTheSiteIsAway(@TempDir Path directory) throws Exception {
        try (FakeOrigin origin = FakeOrigin.startChaCha20();
                RunningCase running = start(directory, origin.address())) {
            while (suite(running) != CHACHA20) {
                Thread.onSpinWait();
            }
            running.await("it is kept", () -> !copies(directory).isEmpty());
        }
        assertThat(suiteWhereTheSiteIsAway(directory)).isEqualTo(CHACHA20);
        for (Path copy : copies(directory)) {
            Files.writeString(copy, "1303 001d KEY_SHARE_FIRST many");
        }
        assertThat(suiteWhereTheSiteIsAway(directory)).as("spoilt").isEqualTo(AES_128);
    }

    private static RunningCase start(Path directory, InetSocketAddress site) throws IOException {
        return RunningCase.start(
                Mode.TLS, builder -> looking(site).apply(builder).cacheDirectory(directory));
    }

    private static List<Path> copies(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> !file.toString().endsWith(".tmp")).toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static int suiteWhereTheSiteIsAway(Path directory) throws IOException {
        try (ClosedPort away = ClosedPort.reserve();
                RunningCase running = start(directory, away.address())) {
            return suite(running);
        }
    }

    /** It cannot be imitated, and that is said; clients are served all the same. */
    @Test
    void aSiteWithoutTls13IsReported() throws Exception {
        try (LogRecorder log = LogRecorder.of(Class.forName("io.github.mtgjava.internal.cloak.OriginProfiler"));
                FakeOrigin origin = FakeOrigin.startTls12();
                RunningCase running = RunningCase.start(Mode.TLS, looking(origin.address()))) {
            while (log.messages(Level.WARN).isEmpty()) {
                assertThat(suite(running)).isEqualTo(AES_128);
            }
            assertThat(log.messages(Level.WARN)).singleElement().asString().contains("cloak a site that does");
        }
    }

    /** It expects one of its visitors, and so of us. */
    @Test
    void aSiteThatExpectsAProxyHeaderGetsOne() throws Exception {
        try (RecordingOrigin origin = RecordingOrigin.start();
                RunningCase running = RunningCase.start(
                        Mode.TLS,
                        builder -> looking(origin.address()).apply(builder).cloakProxyProtocol(true))) {
            byte[] seen = origin.awaitVisit(0).awaitBytes(17);
            assertThat(Arrays.copyOf(seen, 16)).isEqualTo(BalancedCase.LOCAL);
            assertThat(seen[16]).as("a hello behind it").isEqualTo((byte) 0x16);
            assertThat(running.stats().open()).isZero();
        }
    }
}
