package io.github.mtgjava.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EventLoopGroupTest {
    private EventLoopGroup group;

    @BeforeEach
    void start() throws Exception {
        group = EventLoopGroup.start(3, "group", Ticker.system(), failure -> {}, BufferBudget.unlimited());
    }

    @AfterEach
    void end() throws Exception {
        assertThat(group.shutdown(TestLoop.LIMIT_MILLIS)).isTrue();
    }

    @Test
    void choosesTheFirstOfEqualLoops() {
        assertThat(group.leastLoaded()).isSameAs(group.loops().get(0));
    }

    @Test
    void choosesTheLoopWithTheLeastLoad() {
        group.loops().get(0).addLoad(2);
        group.loops().get(1).addLoad(1);
        group.loops().get(2).addLoad(2);
        assertThat(group.leastLoaded()).isSameAs(group.loops().get(1));

        group.loops().get(1).addLoad(2);
        assertThat(group.leastLoaded()).isSameAs(group.loops().get(0));

        group.loops().get(2).addLoad(-1);
        assertThat(group.leastLoaded()).isSameAs(group.loops().get(2));
    }

    @Test
    void spreadsWorkEvenly() {
        for (int i = 0; i < 30; i++) {
            group.leastLoaded().addLoad(1);
        }
        assertThat(group.loops()).allSatisfy(loop -> assertThat(loop.load()).isEqualTo(10));
    }

    @Test
    void runsEveryLoopOnAThreadOfItsOwn() throws Exception {
        CountDownLatch together = new CountDownLatch(3);
        CountDownLatch met = new CountDownLatch(3);
        for (EventLoop loop : group.loops()) {
            loop.execute(() -> {
                together.countDown();
                try {
                    if (together.await(TestLoop.LIMIT_MILLIS, TimeUnit.MILLISECONDS)) {
                        met.countDown();
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
        assertThat(met.await(TestLoop.LIMIT_MILLIS, TimeUnit.MILLISECONDS)).isTrue();
    }

    @Test
    void saysThatALoopHasNotEndedInTime() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        group.loops().get(1).execute(() -> {
            try {
                assertThat(busy.await(TestLoop.LIMIT_MILLIS, TimeUnit.MILLISECONDS))
                        .isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(group.shutdown(1)).isFalse();
        busy.countDown();
        assertThat(group.shutdown(Long.MAX_VALUE)).isTrue();
    }
}
