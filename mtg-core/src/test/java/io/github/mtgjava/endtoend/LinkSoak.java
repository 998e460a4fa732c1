package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.MiddleProxyOptions;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.FakeBootstrap;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.FakeMiddleProxy;
import io.github.mtgjava.testkit.MessageClient;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thousand clients talk for minutes while every link ends after one to five seconds. Run by {@code mvn -Psoak}, with
 * {@code -Dsoak.seconds} for another time than five minutes.
 */
class LinkSoak {

    private static final Logger LOG = LoggerFactory.getLogger(LinkSoak.class);
    private static final int CLIENTS = 1_000;
    private static final int LONGEST_MESSAGE = 60_000;
    private static final Duration PATIENCE = Duration.ofMillis(1_500);
    private static final Duration DURATION = Duration.ofSeconds(Integer.getInteger("soak.seconds", 300));

    private final AtomicLong echoes = new AtomicLong();
    private final AtomicLong repeats = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    @Test
    void nobodyIsClosedAndNothingLeaks() throws Exception {
        int filesBefore = openFiles();
        FakeMiddleProxy middle = FakeMiddleProxy.start(FakeMiddleProxy.anySecret());
        middle.makeMortal(Duration.ofSeconds(1), Duration.ofSeconds(5));
        FakeBootstrap site = AdTagCase.siteOf(middle.address());
        MiddleProxyOptions options = AdTagCase.options(site).withIdleLinkTimeout(Duration.ofSeconds(1));
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try (AdTagCase running = AdTagCase.start(
                Mode.TLS, middle, site, builder -> builder.workers(2).middleProxies(options))) {
            long end = System.nanoTime() + DURATION.toNanos();
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int seed = i;
                clients.add(threads.submit(() -> {
                    talk(running, new Random(seed), end);
                    return null;
                }));
            }
            for (Future<?> client : clients) {
                client.get(DURATION.toSeconds() + 120, TimeUnit.SECONDS);
            }
            running.await("all sessions are over", () -> running.stats().open() == 0);
            running.await("all links are closed", () -> running.links().open() == 0);
            report(running);
            assertThat(running.closed(CloseReason.CLIENT_CLOSED)).isEqualTo(CLIENTS);
            assertThat(running.stats().accepted()).isEqualTo(CLIENTS);
            assertThat(running.stats().crashes()).isZero();
            assertThat(running.stats().bufferedBytes()).isZero();
            assertThat(running.links().clients()).isZero();
            assertThat(running.links().waiting()).isZero();
            assertThat(running.links().moves()).isPositive();
            assertThat(middle.clients()).isZero();
        } finally {
            threads.shutdownNow();
        }
        assertThat(openFiles()).as("open files and sockets").isLessThanOrEqualTo(filesBefore + 5);
    }

    private void talk(AdTagCase running, Random random, long end) throws IOException, InterruptedException {
        try (MessageClient client = running.client(ClientOptions.PADDED)) {
            while (System.nanoTime() - end < 0) {
                int size = 8 + 4 * random.nextInt(random.nextInt(20) == 0 ? LONGEST_MESSAGE / 4 : 250);
                int sent = client.echoPersistently(size, PATIENCE);
                echoes.incrementAndGet();
                repeats.addAndGet(sent - 1L);
                bytes.addAndGet(2L * size);
                Thread.sleep(100 + random.nextInt(400));
            }
        }
    }

    private void report(AdTagCase running) {
        LOG.info(
                "{} clients in {} s: {} echoes, {} of them asked for again, {} bytes; {} links, {} moves; failures {}, ends {}",
                CLIENTS,
                DURATION.toSeconds(),
                echoes,
                repeats,
                bytes,
                running.links().opened(),
                running.links().moves(),
                running.links().failed(),
                running.links().closed());
    }

    /** Zero where the system does not show them. */
    private static int openFiles() {
        File files = new File("/proc/self/fd");
        return files.isDirectory() ? Objects.requireNonNull(files.list()).length : 0;
    }
}
