package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.github.mtgjava.MiddleProxyOptions;
import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.internal.LogRecorder;
import io.github.mtgjava.probe.OriginAnswer;
import io.github.mtgjava.probe.OriginProbe;
import io.github.mtgjava.testkit.ClosedPort;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.FakeOrigin;
import io.github.mtgjava.testkit.RecordingOrigin;
import io.github.mtgjava.transport.faketls.ClientHelloWriter;
import io.github.mtgjava.transport.faketls.FirstFlightReader;
import io.github.mtgjava.transport.faketls.ServerHello;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A client of the proxy and a visitor of the site are answered alike. */
@Timeout(60)
class OriginProfileIT {

    private static final RandomSource RANDOM = RandomSource.secure();
    private static final int AES_128 = 0x1301;
    private static final int AES_256 = 0x1302;

    @Test
    void theFlightIsThatOfTheSite() throws Exception {
        try (FakeOrigin origin = FakeOrigin.start()) {
            Set<Integer> sizes = new HashSet<>();
            OriginAnswer seen = ask(origin.address(), sizes);
            for (int i = 0; i < 12; i++) {
                ask(origin.address(), sizes);
            }
            try (RunningCase running = RunningCase.start(
                    Mode.TLS,
                    builder -> builder.cloakAddress(origin.address()).originProbeInterval(Duration.ofHours(6)))) {
                FirstFlightReader flight = flight(running);
                while (!isLike(flight, seen, sizes)) {
                    flight = flight(running);
                }
            }
        }
    }

    @Test
    void theFlightChangesWhenTheSiteDoes() throws Exception {
        try (FakeOrigin origin = FakeOrigin.start();
                RunningCase running = RunningCase.start(
                        Mode.TLS,
                        builder -> builder.cloakAddress(origin.address()).originProbeInterval(Duration.ofSeconds(1)))) {
            for (int suite : List.of(AES_256, AES_128, AES_256)) {
                origin.choose(suite == AES_128 ? "TLS_AES_128_GCM_SHA256" : "TLS_AES_256_GCM_SHA384");
                awaitSuite(running, suite);
            }
        }
    }

    /** Each look makes a flight; the test's limit ends it. */
    private static void awaitSuite(RunningCase running, int suite) throws IOException {
        while (suite(running) != suite) {
            Thread.onSpinWait();
        }
    }

    private static int suite(RunningCase running) throws IOException {
        return flight(running).serverHello().orElseThrow().cipherSuite();
    }

    @Test
    void whatWasSeenServesTheNextStartIfTheSiteIsAway(@TempDir Path directory) throws Exception {
        MiddleProxyOptions kept = MiddleProxyOptions.defaults().withCacheDirectory(directory);
        try (FakeOrigin origin = FakeOrigin.start()) {
            origin.choose("TLS_AES_256_GCM_SHA384");
            try (RunningCase running = RunningCase.start(
                    Mode.TLS,
                    builder -> builder.middleProxies(kept)
                            .cloakAddress(origin.address())
                            .originProbeInterval(Duration.ofHours(6)))) {
                awaitSuite(running, AES_256);
                running.await("it is kept", () -> isKept(directory));
            }
        }
        assertThat(suiteWhereTheSiteIsAway(kept)).isEqualTo(AES_256);
        for (Path file : files(directory)) {
            Files.writeString(file, "1302 001d KEY_SHARE_FIRST many");
        }
        assertThat(suiteWhereTheSiteIsAway(kept)).as("spoilt").isEqualTo(AES_128);
    }

    private static boolean isKept(Path directory) {
        try {
            return !files(directory).isEmpty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<Path> files(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> !file.toString().endsWith(".tmp")).toList();
        }
    }

    /** As the client likes it best, where nothing is known. */
    private static int suiteWhereTheSiteIsAway(MiddleProxyOptions kept) throws IOException {
        try (ClosedPort away = ClosedPort.reserve();
                RunningCase running = RunningCase.start(
                        Mode.TLS,
                        builder -> builder.middleProxies(kept)
                                .cloakAddress(away.address())
                                .originProbeInterval(Duration.ofHours(6)))) {
            return suite(running);
        }
    }

    /** It cannot be imitated, and says so; clients are served all the same. */
    @Test
    void aSiteWithoutTls13IsReported() throws Exception {
        try (LogRecorder log = LogRecorder.of(Class.forName("io.github.mtgjava.internal.cloak.OriginProfiler"));
                FakeOrigin origin = FakeOrigin.startTls12();
                RunningCase running = RunningCase.start(
                        Mode.TLS,
                        builder -> builder.cloakAddress(origin.address()).originProbeInterval(Duration.ofHours(6)))) {
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
                        builder -> builder.cloakAddress(origin.address())
                                .cloakProxyProtocol(true)
                                .originProbeInterval(Duration.ofHours(6)))) {
            byte[] seen = origin.awaitVisit(0).awaitBytes(17);
            assertThat(Arrays.copyOf(seen, 16)).isEqualTo(BalancedCase.LOCAL);
            assertThat(seen[16]).as("a hello behind it").isEqualTo((byte) 0x16);
            assertThat(running.stats().open()).isZero();
        }
    }

    private static OriginAnswer ask(InetSocketAddress address, Set<Integer> sizes) throws Exception {
        OriginAnswer answer = OriginProbe.ask(address, FakeOrigin.HOST, RunningCase.LIMIT, RANDOM);
        sizes.add(answer.encryptedRecords().stream().mapToInt(Integer::intValue).sum());
        return answer;
    }

    /** The site's signature is of varying length, and we cannot have seen all. */
    private static boolean isLike(FirstFlightReader flight, OriginAnswer seen, Set<Integer> sizes) {
        ServerHello hello = flight.serverHello().orElseThrow();
        return hello.cipherSuite() == seen.cipherSuite()
                && hello.group() == seen.group()
                && hello.order() == seen.extensionOrder()
                && sizes.contains(flight.encryptedRecords().get(0));
    }

    private static FirstFlightReader flight(RunningCase running) throws IOException {
        byte[] hello = ClientHelloWriter.authenticated(
                FakeOrigin.HOST, running.secret.key(), Instant.now().getEpochSecond(), RANDOM);
        try (Socket socket = new Socket(
                running.proxy.address().getAddress(), running.proxy.address().getPort())) {
            socket.setSoTimeout((int) RunningCase.LIMIT.toMillis());
            socket.getOutputStream().write(hello);
            FirstFlightReader flight = new FirstFlightReader();
            byte[] buffer = new byte[16_384];
            while (flight.encryptedRecords().isEmpty()) {
                int count = socket.getInputStream().read(buffer);
                assertThat(count).isPositive();
                flight.read(ByteBuffer.wrap(buffer, 0, count));
            }
            return flight;
        }
    }
}
