package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.FakeClient;
import io.github.mtgjava.testkit.FakeClient.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Many clients at once. */
class CrowdIT {

    private static final int CLIENTS = 500;

    @ParameterizedTest
    @EnumSource(Mode.class)
    void serves500ClientsAtOnce(Mode mode) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try (RunningCase running = RunningCase.start(mode)) {
            ClientOptions options = running.client();
            CountDownLatch allIn = new CountDownLatch(CLIENTS);
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(() -> {
                    try (FakeClient client = options.connect()) {
                        assertThat(client.echo(new byte[10])).hasSize(10);
                        allIn.countDown();
                        assertThat(allIn.await(RunningCase.LIMIT.toSeconds(), TimeUnit.SECONDS))
                                .isTrue();
                        assertThat(client.echo(new byte[20_000])).hasSize(20_000);
                    }
                    return null;
                }));
            }
            for (Future<?> client : clients) {
                client.get(3 * RunningCase.LIMIT.toSeconds(), TimeUnit.SECONDS);
            }
            running.await("all sessions are over", () -> running.stats().open() == 0);
            assertThat(running.closed(CloseReason.CLIENT_CLOSED)).isEqualTo(CLIENTS);
            assertThat(running.stats().accepted()).isEqualTo(CLIENTS);
            assertThat(running.stats().bufferedBytes()).isZero();
        } finally {
            threads.shutdownNow();
        }
    }
}
