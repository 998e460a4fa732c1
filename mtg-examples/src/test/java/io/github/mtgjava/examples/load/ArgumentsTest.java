package io.github.mtgjava.examples.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArgumentsTest {

    @ParameterizedTest
    @CsvSource({"0,0", "12,12", "3k,3000", "300M,300000000", "2G,2000000000"})
    void readsNumbersWithUnits(String text, long number) {
        assertThat(arguments("--number", text).number("number", 1, 0, Long.MAX_VALUE))
                .isEqualTo(number);
    }

    @ParameterizedTest
    @CsvSource({"''", "k", "1g", "1.5", "-1", "9999999999G", "101"})
    void refusesWhatIsNoNumberOrOutOfRange(String text) {
        Arguments arguments = arguments("--number", text);
        assertThatThrownBy(() -> arguments.number("number", 1, 0, 100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--number");
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1:80,80", "[::1]:443,443"})
    void readsAddresses(String text, int port) {
        assertThat(arguments("--text", text).address("text").getPort()).isEqualTo(port);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1", ":80", "127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:http"})
    void refusesWhatIsNoAddress(String text) {
        Arguments arguments = arguments("--text", text);
        assertThatThrownBy(() -> arguments.address("text")).hasMessageContaining("--text");
    }

    @Test
    void refusesUnknownMissingAndIncompleteOptions() {
        assertThatThrownBy(() -> arguments("--other", "1")).hasMessage("unknown option --other");
        assertThatThrownBy(() -> arguments("--text")).hasMessage("--text needs a value");
        assertThatThrownBy(() -> arguments("--flag").required("text")).hasMessage("--text is missing");
        assertThat(arguments("--flag").has("flag")).isTrue();
    }

    private static Arguments arguments(String... options) {
        return new Arguments(options, 0, Set.of("number", "text"), Set.of("flag"));
    }
}
