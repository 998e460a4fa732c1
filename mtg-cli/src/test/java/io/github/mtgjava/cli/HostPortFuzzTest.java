package io.github.mtgjava.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.mtgjava.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HostPortFuzzTest {

    static Stream<Arguments> seeds() {
        return Seeds.text(
                "example.com:443", ":443", "[2001:db8::1]:443", "[::1]", "::1", "192.0.2.1", "192.0.2.1:65536", "host");
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsWhatIsWrittenOfIt(byte[] bytes) {
        HostPort parsed;
        try {
            parsed = HostPort.parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException refusal) {
            return;
        }
        assertThat(parsed.port()).isBetween(HostPort.NO_PORT, 65_535);
        assertThat(parsed.unlooked().getPort()).isEqualTo(Math.max(0, parsed.port()));
        String host = parsed.host().indexOf(':') < 0 ? parsed.host() : "[" + parsed.host() + "]";
        String port = parsed.port() == HostPort.NO_PORT ? "" : ":" + parsed.port();
        assertThat(HostPort.parse(host + port)).isEqualTo(parsed);
    }
}
