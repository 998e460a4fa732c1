package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.Secret;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.FakeClient;
import io.github.mtgjava.testkit.FakeTelegram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A proxy that ran out of file descriptors accepts again as soon as there are some. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class DescriptorLimitIT {

    private static final String SECRET = "00112233445566778899aabbccddeeff";
    private static final int LIMIT = 100;

    @Test
    void acceptsAgainAfterTheLimitOfOpenFilesWasHit() throws Exception {
        try (FakeTelegram telegram = FakeTelegram.start()) {
            Process child = start(telegram.address().getPort());
            try (BufferedReader output =
                    new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
                int port = Integer.parseInt(output.readLine());
                InetSocketAddress proxy = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
                List<Socket> hoard = new ArrayList<>();
                for (int i = 0; i < 2 * LIMIT; i++) {
                    hoard.add(ClientOptions.simple(proxy, Secret.parse(SECRET).key())
                            .openSocket());
                }
                // The child tells when its accept has failed.
                assertThat(output.readLine()).isEqualTo("accept failed");
                for (Socket socket : hoard) {
                    socket.close();
                }
                try (FakeClient client =
                        ClientOptions.simple(proxy, Secret.parse(SECRET).key()).connect()) {
                    assertThat(client.echo(new byte[100])).hasSize(100);
                }
            } finally {
                child.destroyForcibly();
                assertThat(child.waitFor(RunningCase.LIMIT.toSeconds(), TimeUnit.SECONDS))
                        .isTrue();
            }
        }
    }

    private static Process start(int telegramPort) throws IOException {
        String java = ProcessHandle.current().info().command().orElseThrow();
        String classPath = DescriptorLimitProxy.classPath();
        return new ProcessBuilder(
                        "sh",
                        "-c",
                        "ulimit -n " + LIMIT + "; exec \"$@\"",
                        "sh",
                        java,
                        "-Xmx64m",
                        "-cp",
                        classPath,
                        DescriptorLimitProxy.class.getName(),
                        SECRET,
                        String.valueOf(telegramPort))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
