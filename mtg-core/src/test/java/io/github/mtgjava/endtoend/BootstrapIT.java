package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mtgjava.MtProxy;
import io.github.mtgjava.MtProxyException;
import io.github.mtgjava.spi.ProxyObserver;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.FakeBootstrap;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.FakeMiddleProxy;
import io.github.mtgjava.testkit.MessageClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting with an ad tag while Telegram's site is there, away, and back. */
class BootstrapIT {

    @TempDir
    Path directory;

    private FakeMiddleProxy middle;
    private FakeBootstrap site;

    @BeforeEach
    void startTelegram() throws IOException {
        middle = FakeMiddleProxy.start(FakeMiddleProxy.anySecret());
        site = AdTagCase.siteOf(middle.address());
    }

    @AfterEach
    void stopTelegram() {
        site.close();
        middle.close();
    }

    private MtProxy proxy() {
        return AdTagCase.builder(Mode.SECURED, site)
                .cacheDirectory(directory.resolve("cache"))
                .build();
    }

    private static void talkThrough(MtProxy proxy) throws IOException {
        ClientOptions options = ClientOptions.of(
                Mode.SECURED,
                proxy.address(),
                RunningCase.secretFor(Mode.SECURED).key(),
                RunningCase.HOST);
        try (MessageClient client = MessageClient.connect(options, ClientOptions.PADDED)) {
            client.echo(4);
        }
    }

    private static FutureTask<Boolean> startInBackground(MtProxy proxy) {
        FutureTask<Boolean> starting = new FutureTask<>(() -> {
            proxy.start();
            return true;
        });
        Thread thread = new Thread(starting, "starting");
        thread.setDaemon(true);
        thread.start();
        return starting;
    }

    @Test
    void startsFromTheCacheWhileTheSiteIsAway() throws Exception {
        try (MtProxy proxy = proxy()) {
            proxy.start();
            talkThrough(proxy);
            assertThat(proxy.stats().middleProxyLinks().refreshes()).isEqualTo(2);
            // The list of IPv6 middle proxies is empty here.
            assertThat(proxy.stats().middleProxyLinks().failedRefreshes()).isEqualTo(1);
        }
        site.suspend();
        try (MtProxy proxy = proxy()) {
            proxy.start();
            talkThrough(proxy);
            assertThat(proxy.stats().middleProxyLinks().refreshes()).isZero();
        }
    }

    @Test
    void waitsWithoutACacheAndStartsWhenTheSiteIsBack() throws Exception {
        site.suspend();
        try (MtProxy proxy = proxy()) {
            FutureTask<Boolean> starting = startInBackground(proxy);
            assertThatThrownBy(() -> starting.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            assertThat(proxy.stats().listening()).isFalse();
            site.resume();
            assertThat(starting).succeedsWithin(AdTagCase.LIMIT);
            talkThrough(proxy);
        }
    }

    @Test
    void aStopEndsTheWait() throws Exception {
        site.suspend();
        MtProxy proxy = proxy();
        FutureTask<Boolean> starting = startInBackground(proxy);
        assertThatThrownBy(() -> starting.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        assertThat(proxy.stop(Duration.ofSeconds(10))).isTrue();
        assertThat(starting)
                .failsWithin(AdTagCase.LIMIT)
                .withThrowableThat()
                .withCauseInstanceOf(MtProxyException.class)
                .withMessageContaining("stopped");
        assertThatThrownBy(proxy::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aStopEndsTheWaitForASilentSite() throws Exception {
        site.silentAt(FakeBootstrap.SECRET);
        MtProxy proxy = proxy();
        FutureTask<Boolean> starting = startInBackground(proxy);
        assertThat(site.awaitHits(FakeBootstrap.SECRET, 1)).isTrue();
        proxy.close();
        assertThat(starting).failsWithin(AdTagCase.LIMIT);
        site.silentAt("");
    }

    @Test
    void aStopThatIsRefusedDoesNotEndTheRefreshing() throws Exception {
        AtomicReference<MtProxy> self = new AtomicReference<>();
        CompletableFuture<Throwable> refused = new CompletableFuture<>();
        ProxyObserver suicidal = new ProxyObserver() {
            @Override
            public void accepted(long connection, InetSocketAddress client) {
                try {
                    self.get().stop(Duration.ZERO);
                    refused.complete(new AssertionError("it was not refused"));
                } catch (IllegalStateException expected) {
                    refused.complete(expected);
                }
            }
        };
        try (MtProxy proxy = AdTagCase.builder(Mode.SECURED, site)
                .middleProxies(AdTagCase.options(site).withRefreshInterval(Duration.ofSeconds(1)))
                .addObserver(suicidal)
                .build()) {
            self.set(proxy);
            proxy.start();
            talkThrough(proxy);
            assertThat(refused.get(20, TimeUnit.SECONDS)).isInstanceOf(IllegalStateException.class);
            assertThat(site.awaitHits(FakeBootstrap.SECRET, site.hits(FakeBootstrap.SECRET) + 2))
                    .isTrue();
        }
    }

    @Test
    void mayBeToldHowLongToWait() throws Exception {
        site.suspend();
        MtProxy proxy = AdTagCase.builder(Mode.SECURED, site)
                .middleProxies(AdTagCase.options(site).withStartTimeout(Duration.ofMillis(100)))
                .build();
        assertThatThrownBy(proxy::start)
                .isInstanceOf(MtProxyException.class)
                .hasMessageContaining("127.0.0.1")
                .hasMessageContaining("doctor");
        proxy.close();
    }

    @Test
    void saysAtOnceThatThePortIsTaken() throws Exception {
        site.suspend();
        try (MtProxy direct = MtProxy.builder()
                .secret(RunningCase.secretFor(Mode.SECURED))
                .bind(new InetSocketAddress("127.0.0.1", 0))
                .build()) {
            direct.start();
            MtProxy proxy =
                    AdTagCase.builder(Mode.SECURED, site).bind(direct.address()).build();
            assertThatThrownBy(proxy::start)
                    .isInstanceOf(MtProxyException.class)
                    .hasMessageContaining("listen");
        }
    }

    @Test
    void withoutAnAdTagTheSiteIsNeverAsked() throws Exception {
        try (MtProxy direct = MtProxy.builder()
                .secret(RunningCase.secretFor(Mode.SECURED))
                .bind(new InetSocketAddress("127.0.0.1", 0))
                .middleProxies(AdTagCase.options(site))
                .cacheDirectory(directory.resolve("unused"))
                .build()) {
            direct.start();
        }
        assertThat(site.hits(FakeBootstrap.SECRET)).isZero();
        assertThat(site.hits(FakeBootstrap.CONFIG)).isZero();
        assertThat(Files.exists(directory.resolve("unused"))).isFalse();
    }
}
