package io.github.mtgjava.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mtgjava.Secret;
import io.github.mtgjava.examples.FakeTlsProbe.Answer;
import io.github.mtgjava.testkit.ClosedPort;
import io.github.mtgjava.testkit.EchoOrigin;
import io.github.mtgjava.testkit.FakeOrigin;
import io.github.mtgjava.testkit.RecordingOrigin;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FakeTlsProbeTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final byte[] KEY = Secret.parse(ProxyWithParts.TLS).key();

    @Test
    void knowsAProxyWithItsSecret() throws Exception {
        try (FakeOrigin site = FakeOrigin.start();
                ProxyWithParts proxy =
                        new ProxyWithParts(ProxyWithParts.TLS, builder -> builder.cloakAddress(site.address()))) {
            assertThat(ask(proxy.address(), KEY)).isEqualTo(Answer.YES);
            assertThat(ask(proxy.address(), new byte[16])).isEqualTo(Answer.NO);
            assertThat(ask(site.address(), KEY)).isEqualTo(Answer.NO);
        }
    }

    @Test
    void isNotTakenInByWhatIsNoTls() throws Exception {
        try (EchoOrigin echo = EchoOrigin.start()) {
            assertThat(ask(echo.address(), KEY)).isEqualTo(Answer.NO);
        }
    }

    @Test
    void takesHangingUpForNo() throws Exception {
        try (RecordingOrigin server = RecordingOrigin.start()) {
            CompletableFuture<Answer> answer = CompletableFuture.supplyAsync(() -> {
                try {
                    return ask(server.address(), KEY);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
            server.awaitVisit(0).awaitBytes(1700);
            server.awaitVisit(0).finish();
            assertThat(answer.get()).isEqualTo(Answer.NO);
        }
    }

    @Test
    void saysWhenThereIsNoAnswer() throws Exception {
        try (RecordingOrigin silent = RecordingOrigin.start()) {
            assertThatThrownBy(() -> FakeTlsProbe.ask(silent.address(), FakeOrigin.HOST, KEY, Duration.ofMillis(200)))
                    .isInstanceOf(SocketTimeoutException.class);
        }
        try (ClosedPort closed = ClosedPort.reserve()) {
            assertThatThrownBy(() -> ask(closed.address(), KEY)).isInstanceOf(ConnectException.class);
        }
    }

    private static Answer ask(InetSocketAddress address, byte[] key) throws IOException {
        return FakeTlsProbe.ask(address, FakeOrigin.HOST, key, LIMIT);
    }
}
