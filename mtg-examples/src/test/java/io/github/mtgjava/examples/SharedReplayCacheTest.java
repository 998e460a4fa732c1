package io.github.mtgjava.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.RejectReason;
import io.github.mtgjava.examples.SharedReplayCache.Store;
import io.github.mtgjava.spi.ProxyObserver;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.FakeClient;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedReplayCacheTest {

    private final ExecutorService executor = Executors.newSingleThreadExecutor();
    private final BlockingQueue<RejectReason> refusals = new LinkedBlockingQueue<>();

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    @Test
    void refusesAtOneProxyWhatAnotherOneHasSeen() throws Exception {
        Set<String> keys = ConcurrentHashMap.newKeySet();
        try (ProxyWithParts first = proxy(keys::add);
                ProxyWithParts second = proxy(keys::add)) {
            try (FakeClient client = first.client().withSeed(1).connect()) {
                assertThat(client.echo(new byte[10])).hasSize(10);
            }
            assertThat(refusalOf(second.client().withSeed(1))).isEqualTo(RejectReason.REPLAY);
            try (FakeClient client = second.client().withSeed(2).connect()) {
                assertThat(client.echo(new byte[10])).hasSize(10);
            }
        }
    }

    @Test
    void refusesEverybodyWhileTheStoreFails() throws Exception {
        Store broken = key -> {
            throw new IllegalStateException("the store is down");
        };
        try (ProxyWithParts proxy = proxy(broken)) {
            assertThat(refusalOf(proxy.client())).isEqualTo(RejectReason.REPLAY_CACHE_FAILED);
        }
    }

    private ProxyWithParts proxy(Store store) throws Exception {
        SharedReplayCache cache = new SharedReplayCache(store, executor);
        return new ProxyWithParts(builder -> builder.replayCache(cache).observer(new ProxyObserver() {
            @Override
            public void refused(long connection, RejectReason reason) {
                refusals.add(reason);
            }
        }));
    }

    private RejectReason refusalOf(ClientOptions options) throws Exception {
        try (Socket socket = options.openSocket()) {
            socket.getOutputStream().write(options.frame());
            return refusals.poll(20, TimeUnit.SECONDS);
        }
    }
}
