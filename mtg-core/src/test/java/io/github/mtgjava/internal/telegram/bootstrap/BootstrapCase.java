package io.github.mtgjava.internal.telegram.bootstrap;

import io.github.mtgjava.PreferIp;
import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.internal.LogRecorder;
import io.github.mtgjava.internal.fetch.CacheDirectory;
import io.github.mtgjava.internal.fetch.Refresher;
import io.github.mtgjava.internal.fetch.ScriptedWaiting;
import io.github.mtgjava.testkit.FakeBootstrap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Telegram's site on a loopback port, and a bootstrap that asks it, whose waits end at once. */
@Timeout(60)
abstract class BootstrapCase {

    static final String IPV4 = "default 2;\nproxy_for 2 192.0.2.1:80;\n";
    static final String IPV6 = "proxy_for 2 [2001:db8::1]:80;\n";
    static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path directory;

    final ScriptedWaiting waiting = new ScriptedWaiting();
    final LogRecorder log = LogRecorder.of(
            Bootstrap.class, Fetcher.class, Holdings.class, CacheDirectory.class, ClockCheck.class, Refresher.class);
    FakeBootstrap site;
    Bootstrap bootstrap;

    @BeforeEach
    void startSite() throws IOException {
        site = FakeBootstrap.start().with(FakeBootstrap.CONFIG, IPV4).with(FakeBootstrap.CONFIG_V6, IPV6);
        bootstrap = bootstrap(Optional.of(directory.resolve("cache")), Duration.ZERO);
    }

    @AfterEach
    void stop() {
        bootstrap.close();
        site.close();
        log.close();
    }

    Bootstrap bootstrap(Optional<Path> cache, Duration startTimeout) {
        return bootstrap(cache, startTimeout, Duration.ofSeconds(10));
    }

    Bootstrap bootstrap(Optional<Path> cache, Duration startTimeout, Duration requestTimeout) {
        return bootstrap(cache, startTimeout, requestTimeout, InstantSource.system());
    }

    Bootstrap bootstrap(Optional<Path> cache, Duration startTimeout, Duration requestTimeout, InstantSource clock) {
        return new Bootstrap(settings(cache, startTimeout, requestTimeout), clock, RandomSource.secure(), waiting);
    }

    Bootstrap bootstrap(PreferIp preferIp) {
        BootstrapSettings settings = settings(preferIp, Optional.empty(), Duration.ZERO, Duration.ofSeconds(10));
        return new Bootstrap(settings, InstantSource.system(), RandomSource.secure(), waiting);
    }

    BootstrapSettings settings(Optional<Path> cache) {
        return settings(cache, Duration.ZERO, Duration.ofSeconds(10));
    }

    BootstrapSettings settings(Optional<Path> cache, Duration startTimeout, Duration requestTimeout) {
        return settings(PreferIp.PREFER_IPV4, cache, startTimeout, requestTimeout);
    }

    private BootstrapSettings settings(
            PreferIp preferIp, Optional<Path> cache, Duration startTimeout, Duration requestTimeout) {
        return new BootstrapSettings(
                preferIp,
                site.url(FakeBootstrap.SECRET),
                site.url(FakeBootstrap.CONFIG),
                site.url(FakeBootstrap.CONFIG_V6),
                cache,
                HOUR,
                startTimeout,
                requestTimeout);
    }

    FutureTask<Boolean> start() {
        FutureTask<Boolean> starting = new FutureTask<>(() -> {
            bootstrap.start();
            return true;
        });
        Thread thread = new Thread(starting, "starting");
        thread.setDaemon(true);
        thread.start();
        return starting;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
