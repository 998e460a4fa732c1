package io.github.mtgjava.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.testkit.ClientOptions;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The program runs as its readers would run it: as a process. */
@Timeout(60)
class EmbedProxyTest {

    private static final String SECRET = "00112233445566778899aabbccddeeff";
    private static final int ENDED_BY_SIGTERM = 128 + 15;

    @Test
    void printsItsLinksServesAndEndsWhenItIsTold() throws Exception {
        Process process = start(SECRET, "0");
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            int port = readPort(out);
            InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            byte[] key = HexFormat.of().parseHex(SECRET);
            try (Socket socket = ClientOptions.simple(address, key).openSocket()) {
                process.destroy();
                assertThat(socket.getInputStream().read()).isNegative();
            }
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(ENDED_BY_SIGTERM);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void saysWhatIsWrongWithoutASecret() throws Exception {
        Process process = start();
        try (BufferedReader errors =
                new BufferedReader(new InputStreamReader(process.getErrorStream(), StandardCharsets.UTF_8))) {
            assertThat(errors.lines()).anyMatch(line -> line.contains("the secret is empty"));
            assertThat(process.waitFor()).isEqualTo(1);
        } finally {
            process.destroyForcibly();
        }
    }

    private static int readPort(BufferedReader out) throws IOException {
        Pattern link = Pattern.compile("\"tg_url\": \"tg://proxy\\?port=([0-9]+)&secret=" + SECRET + "&server=.*");
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher matcher = link.matcher(line.strip());
            if (matcher.matches()) {
                return Integer.parseInt(matcher.group(1));
            }
        }
        throw new AssertionError("no link was printed");
    }

    private static Process start(String... arguments) throws IOException {
        String[] command = new String[4 + arguments.length];
        command[0] = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        command[1] = "-cp";
        command[2] = classPath();
        command[3] = EmbedProxy.class.getName();
        System.arraycopy(arguments, 0, command, 4, arguments.length);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("MTG_SECRET");
        return builder.start();
    }

    /** Tests of a module have most of what they need on the module path. */
    private static String classPath() {
        return System.getProperty("java.class.path") + File.pathSeparator + System.getProperty("jdk.module.path", "");
    }
}
