package io.github.mtgjava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoMoreInteractions;

import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.spi.ProxyObserver;
import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.mockito.InOrder;

@Timeout(60)
class MtProxyTest {

    private static final Secret SECRET = Secret.parse("00112233445566778899aabbccddeeff");

    private static MtProxyBuilder builder() {
        return MtProxy.builder().secret(SECRET).bind(loopback(0)).workers(2).hostResolver(host -> {
            throw new UnknownHostException(host);
        });
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress("127.0.0.1", port);
    }

    private static List<String> loops() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("mtg-loop"))
                .toList();
    }

    /** A start that fails does not wait for them. */
    @AfterEach
    void leavesNoLoopBehind() throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!loops().isEmpty() && deadline - System.nanoTime() > 0) {
            Thread.sleep(1);
        }
        assertThat(loops()).isEmpty();
    }

    @Test
    void listensUntilStopped() throws IOException {
        MtProxy proxy = builder().build();
        proxy.start();
        InetSocketAddress address = proxy.address();
        assertThat(address.getAddress()).isEqualTo(loopback(0).getAddress());
        assertThat(address.getPort()).isPositive();
        assertThat(loops()).hasSize(2);
        try (Socket client = new Socket(address.getAddress(), address.getPort())) {
            assertThat(client.isConnected()).isTrue();
        }
        proxy.close();
        assertThat(proxy.address()).isEqualTo(address);
        assertThatThrownBy(() -> new Socket(address.getAddress(), address.getPort()).close())
                .isInstanceOf(ConnectException.class);
    }

    @Test
    void startsOnce() {
        try (MtProxy proxy = builder().build()) {
            proxy.start();
            assertThatIllegalStateException().isThrownBy(proxy::start).withMessageContaining("once");
            assertThat(proxy.stop(Duration.ZERO)).isTrue();
            assertThatIllegalStateException().isThrownBy(proxy::start);
        }
    }

    @Test
    void hasNoAddressBeforeItIsStarted() {
        try (MtProxy proxy = builder().build()) {
            assertThatIllegalStateException().isThrownBy(proxy::address).withMessageContaining("started");
        }
    }

    @Test
    void stopsMoreThanOnceAndWithoutHavingStarted() {
        MtProxy started = builder().build();
        started.start();
        assertThat(started.stop(Duration.ofSeconds(20))).isTrue();
        assertThat(started.stop(Duration.ofSeconds(20))).isTrue();
        started.close();
        MtProxy neverStarted = builder().build();
        assertThat(neverStarted.stop(Duration.ZERO)).isTrue();
        neverStarted.close();
        assertThatIllegalStateException().isThrownBy(neverStarted::start);
    }

    @Test
    void stopsAtOnceHoweverLongItMightDrain() {
        for (Duration drain : List.of(ChronoUnit.FOREVER.getDuration(), Duration.ofDays(-1))) {
            MtProxy proxy = builder().build();
            proxy.start();
            assertThat(proxy.stop(drain)).isTrue();
        }
    }

    @Test
    void saysWhetherItHadToCloseClients() throws Exception {
        CountDownLatch accepted = new CountDownLatch(1);
        ProxyObserver observer = new ProxyObserver() {
            @Override
            public void accepted(long connection, InetSocketAddress client) {
                accepted.countDown();
            }
        };
        MtProxy proxy = builder().addObserver(observer).build();
        proxy.start();
        try (Socket client =
                new Socket(proxy.address().getAddress(), proxy.address().getPort())) {
            client.setSoTimeout((int) TimeUnit.SECONDS.toMillis(20));
            assertThat(accepted.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(proxy.stop(Duration.ofMillis(1))).isFalse();
            assertThat(client.getInputStream().read()).isNegative();
        }
        assertThat(proxy.stats().closed()).containsEntry(CloseReason.PROXY_STOPPED, 1L);
    }

    @Test
    void explainsWhyItCannotListenAndLeavesNothingRunning() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, loopback(0).getAddress());
                MtProxy proxy = builder().bind(loopback(taken.getLocalPort())).build()) {
            assertThatExceptionOfType(MtProxyException.class)
                    .isThrownBy(proxy::start)
                    .returns(MtProxyException.Reason.CANNOT_LISTEN, MtProxyException::reason)
                    .withCauseInstanceOf(BindException.class)
                    .withMessageContaining("127.0.0.1 port " + taken.getLocalPort())
                    .withMessageContaining("something else listening");
            assertThat(loops()).isEmpty();
            assertThatIllegalStateException().isThrownBy(proxy::address);
            taken.close();
            proxy.start();
            assertThat(proxy.address().getPort()).isEqualTo(taken.getLocalPort());
        }
    }

    @Test
    void leavesNothingRunningIfWhatItWasGivenFails() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, loopback(0).getAddress())) {
            port = free.getLocalPort();
        }
        RandomSource exhausted = target -> {
            throw new IllegalStateException("no randomness left");
        };
        MtProxy proxy = builder().bind(loopback(port)).random(exhausted).build();
        assertThatIllegalStateException().isThrownBy(proxy::start).withMessage("no randomness left");
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("mtg-loop")) {
                thread.join(TimeUnit.SECONDS.toMillis(20));
            }
        }
        assertThat(loops()).isEmpty();
        new ServerSocket(port, 1, loopback(0).getAddress()).close();
    }

    @Test
    void tellsObserversThatAStartWhichTheyWereToldOfHasFailed() {
        ProxyObserver observer = mock(ProxyObserver.class);
        RandomSource exhausted = target -> {
            throw new IllegalStateException("no randomness left");
        };
        MtProxy proxy = builder().addObserver(observer).random(exhausted).build();
        assertThatIllegalStateException().isThrownBy(proxy::start).withMessage("no randomness left");
        assertThatIllegalStateException().isThrownBy(proxy::start).withMessageContaining("once");
        proxy.close();
        InOrder inOrder = inOrder(observer);
        inOrder.verify(observer).started(any());
        inOrder.verify(observer).stopped();
        verifyNoMoreInteractions(observer);
    }

    @Test
    void changesItsSecretOnlyWhileItRuns() {
        Secret other = Secret.generate(SecretType.SIMPLE);
        MtProxy proxy = builder().build();
        assertThatIllegalStateException()
                .isThrownBy(() -> proxy.changeSecret(other, Duration.ZERO))
                .withMessageContaining("has not been started");
        proxy.start();
        assertThat(proxy.changeSecret(SECRET, Duration.ZERO)).isFalse();
        assertThat(proxy.links().toJson()).contains(SECRET.hex());
        assertThat(proxy.changeSecret(other, MtProxy.MAX_SECRET_OVERLAP)).isTrue();
        assertThat(proxy.links().toJson()).contains(other.hex()).doesNotContain(SECRET.hex());
        proxy.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> proxy.changeSecret(SECRET, Duration.ZERO))
                .withMessageContaining("was stopped");
    }

    @Test
    void refusesASecretOrAnOverlapThatCannotBe() {
        Secret other = Secret.generate(SecretType.SIMPLE);
        try (MtProxy proxy = builder().build()) {
            proxy.start();
            for (Duration overlap : List.of(Duration.ofNanos(-1), MtProxy.MAX_SECRET_OVERLAP.plusNanos(1))) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> proxy.changeSecret(other, overlap))
                        .withMessageStartingWith("overlap: " + overlap + " is not between PT0S and PT720H");
            }
            Secret secured = Secret.generate(SecretType.SECURED);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> proxy.changeSecret(secured, Duration.ZERO))
                    .withMessage("secret: it is secured, but the proxy runs with one that is simple:"
                            + " that takes a restart");
            assertThat(proxy.links().toJson()).contains(SECRET.hex());
        }
    }

    @Test
    void runsBesideOthers() {
        try (MtProxy one = builder().build();
                MtProxy other = builder().build()) {
            one.start();
            other.start();
            assertThat(one.address()).isNotEqualTo(other.address());
            one.close();
            assertThat(loops()).hasSize(2);
        }
    }

    @Test
    void countsNothingBeforeItIsStarted() {
        ProxyStats stats = builder().build().stats();
        assertThat(stats.accepted()).isZero();
        assertThat(stats.refused())
                .containsOnlyKeys(RefusalReason.values())
                .allSatisfy((reason, count) -> assertThat(count).isZero());
        assertThat(stats.closed()).containsOnlyKeys(CloseReason.values());
    }

    @Test
    void looksNothingUpWithoutASiteToCloak() {
        MtProxyBuilder builder = builder().hostResolver(host -> {
            throw new AssertionError("nobody asked for " + host);
        });
        try (MtProxy proxy = builder.build()) {
            proxy.start();
            assertThat(proxy.stats().crashes()).isZero();
        }
    }
}
