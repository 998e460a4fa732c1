package io.github.mtgjava.examples.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mtgjava.MtProxy;
import io.github.mtgjava.Secret;
import io.github.mtgjava.SecretType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tiny measurements of a real proxy in this process. */
@Timeout(60)
class LoadTest {

    private static final Map<SecretType, String> SECRETS = Map.of(
            SecretType.SIMPLE, "00112233445566778899aabbccddeeff",
            SecretType.SECURED, "dd00112233445566778899aabbccddeeff",
            SecretType.TLS, "ee00112233445566778899aabbccddeeff6f726967696e2e74657374");

    private Dc dc;
    private Thread dcThread;

    @BeforeEach
    void startDc() throws IOException {
        dc = Dc.listen(InetAddress.getLoopbackAddress(), 0);
        dcThread = new Thread(dc, "load-dc");
        dcThread.start();
    }

    @AfterEach
    void stopDc() throws InterruptedException {
        dc.close();
        dcThread.join();
    }

    static Stream<Arguments> everyModeAndScenario() {
        return Arrays.stream(SecretType.values())
                .flatMap(mode -> Arrays.stream(Scenario.values()).map(scenario -> Arguments.of(mode, scenario)));
    }

    @ParameterizedTest
    @MethodSource("everyModeAndScenario")
    void measuresEveryScenarioInEveryMode(SecretType mode, Scenario scenario) throws IOException {
        String options = switch (scenario) {
            case DOWN, UP -> "--bytes 5M --warm-up 1M --check";
            case ECHO -> "--messages 200 --warm-up 100 --check";
            case CONNECT -> "--handshakes 50 --warm-up 10";
            case IDLE -> "--seconds 1 --warm-up 10";
        };
        assertThat(run(mode, "--scenario " + scenario + " --connections 8 " + options))
                .startsWith("{\"scenario\":\"" + scenario + "\",\"mode\":\""
                        + mode.name().toLowerCase(Locale.ROOT) + "\",\"connections\":8,")
                .contains(
                        switch (scenario) {
                            case DOWN, UP -> "\"payload_bytes\":5000000,";
                            case ECHO -> "\"payload_bytes\":40000,";
                            case CONNECT -> "\"handshakes\":50,";
                            case IDLE -> "\"handshakes\":8,";
                        });
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "IDLE")
    void stopsWhenTheTimeIsUp(Scenario scenario) throws IOException {
        String result =
                run(SecretType.TLS, "--scenario " + scenario + " --connections 4 --seconds 1 --record-bytes 2878");
        assertThat(result).containsPattern("\"seconds\":1\\.[0-9]{3},").doesNotContain(":0.000");
    }

    @Test
    void measuresWhatTheProxyCosts() throws IOException {
        String process = " --proxy-pid " + ProcessHandle.current().pid();
        assertThat(run(SecretType.SIMPLE, "--scenario down --bytes 1M --no-check" + process))
                .containsPattern(
                        "\"cpu_s_per_GB\":[0-9.]+,\"rss_kb_before\":[1-9][0-9]+,\"rss_kb_after\":[1-9][0-9]+}");
        assertThat(run(SecretType.SIMPLE, "--scenario idle --connections 2 --seconds 1" + process))
                .containsPattern("\"kb_per_idle_connection\":-?[0-9.]+}");
    }

    @Test
    void failsWhenTheOtherEndIsNoProxy() {
        // The DC knows no secret, so it cannot read a client's frame and hangs up.
        assertThatThrownBy(() -> Run.of(plan(dc.address(), SecretType.SECURED, "--scenario down"), Progress.none()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("a client failed");
    }

    @Test
    void countsTheErrorsThatItMayMeet() throws IOException {
        Plan connect = plan(dc.address(), SecretType.SECURED, "--scenario connect --handshakes 5 --max-errors 5");
        assertThat(Run.of(connect, Progress.none()).toString())
                .contains("\"handshakes\":0,")
                .contains("\"errors\":5}");
    }

    @Test
    void keepsWhatWasDoneBeforeClientsFailed() throws IOException {
        try (MtProxy proxy = Load.proxy(Secret.parse(SECRETS.get(SecretType.SECURED)), 0, dc.address())) {
            proxy.start();
            AtomicLong nanos = new AtomicLong();
            Progress stopper = new Progress(
                    () -> nanos.addAndGet(5_000_000_000L),
                    line -> {
                        if (line.matches("down: [1-9][0-9]* MB, [0-9]+/s, [0-9]+ s, 0 errors\\R")) {
                            proxy.close();
                        }
                    },
                    false);
            Plan down = plan(
                    proxy.address(), SecretType.SECURED, "--scenario down --connections 4 --seconds 50 --max-errors 4");
            assertThat(Run.of(down, stopper).toString())
                    .containsPattern("\"payload_bytes\":[1-9][0-9]{5,},")
                    .contains("\"errors\":4}");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ECHO", "CONNECT", "IDLE"})
    void tellsThePercentilesOfTheLatency(Scenario scenario) throws IOException {
        String result = run(SecretType.SECURED, "--scenario " + scenario + " --connections 4 --seconds 1");
        List<Double> latencies = Pattern.compile("\"(?:p[0-9]+|max)_us\":([0-9.]+)")
                .matcher(result)
                .results()
                .map(found -> Double.valueOf(found.group(1)))
                .toList();
        assertThat(latencies)
                .hasSize(4)
                .isSorted()
                .first()
                .satisfies(p50 -> assertThat(p50).isPositive());
    }

    private String run(SecretType mode, String options) throws IOException {
        try (MtProxy proxy = Load.proxy(Secret.parse(SECRETS.get(mode)), 0, dc.address())) {
            proxy.start();
            return Run.of(plan(proxy.address(), mode, options), Progress.none()).toString();
        }
    }

    private static Plan plan(InetSocketAddress proxy, SecretType mode, String options) {
        String address = proxy.getAddress().getHostAddress() + ":" + proxy.getPort();
        return Plan.parse(("run --proxy " + address + " --secret " + SECRETS.get(mode) + " " + options).split(" "));
    }
}
