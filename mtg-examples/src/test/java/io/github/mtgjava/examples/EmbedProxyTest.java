package io.github.mtgjava.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.testkit.ClientOptions;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EmbedProxyTest {

    private static final String SECRET = "00112233445566778899aabbccddeeff";

    @Test
    void printsItsLinksServesAndEndsWhenItIsTold() throws Exception {
        try (ExampleProcess process = ExampleProcess.java(ExampleProcess.classPath(), EmbedProxy.class, SECRET, "0")) {
            byte[] key = HexFormat.of().parseHex(SECRET);
            try (Socket socket =
                    ClientOptions.simple(process.awaitAddress(), key).openSocket()) {
                process.terminate();
                assertThat(socket.getInputStream().read()).isNegative();
            }
            assertThat(process.awaitEnd()).isEqualTo(ExampleProcess.ENDED_BY_SIGTERM);
        }
    }

    @Test
    void saysWhatIsWrongWithASecret() throws Exception {
        try (ExampleProcess process =
                ExampleProcess.java(ExampleProcess.classPath(), EmbedProxy.class, "ee001122", "0")) {
            assertThat(process.awaitEnd()).isEqualTo(1);
            assertThat(process.errors()).contains("the secret is too short").doesNotContain("ee001122");
        }
    }

    /** What the README shows is what is tested here. */
    @Test
    void isWhatTheReadmeShows() throws Exception {
        Pattern block =
                Pattern.compile("<!-- These lines are those of EmbedProxy[^\n]*\n```java\n(.*?)```", Pattern.DOTALL);
        String shown = block.matcher(Files.readString(Path.of("../README.md")))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        String source = Files.readString(Path.of("src/main/java/io/github/mtgjava/examples/EmbedProxy.java"));
        assertThat(shown.lines()).hasSizeBetween(5, 10);
        assertThat(source).contains(shown.indent(8));
    }
}
