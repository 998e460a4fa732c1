package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.testkit.Command;
import io.github.mtgjava.testkit.FakeClient;
import io.github.mtgjava.testkit.FakeClient.Mode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Two thousand clients order much and read nothing: memory stays where it may be, and those who read go on. */
class MemoryLawSoak {

    private static final Logger LOG = LoggerFactory.getLogger(MemoryLawSoak.class);
    private static final int CLIENTS = 2_000;
    private static final long MUCH = 1L << 30;
    private static final int MIB = 1 << 20;

    /** What may be in flight beyond the mark: the chunk that each loop is filling. */
    private static final long SLACK = MIB;

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong most = new AtomicLong();

    @ParameterizedTest
    @ValueSource(ints = {8, 64})
    void theBudgetHolds(int budgetMib) throws Exception {
        long budget = (long) budgetMib * MIB;
        try (RunningCase running = RunningCase.start(
                        Mode.SECURED,
                        builder -> builder.maxBufferedBytes(budget).maxConnections(4_000));
                FakeClient honest = running.client().connect()) {
            Thread watch = watch(running);
            List<FakeClient> greedy = new ArrayList<>();
            int turnedAway = 0;
            for (int i = 0; i < CLIENTS; i++) {
                try {
                    FakeClient client = running.client().connect();
                    client.send(Command.source(MUCH, i));
                    greedy.add(client);
                } catch (IOException refused) {
                    turnedAway++;
                }
            }
            // Little: with memory that short, loopback's large segments make small reads slow.
            honest.download(MIB, 1);
            over.set(true);
            watch.join();
            LOG.info(
                    "{} MiB for {} clients that do not read: {} MiB at most; {} refused, {} could not even connect",
                    budgetMib,
                    CLIENTS,
                    most.get() / MIB,
                    running.refused(RefusalReason.MEMORY_SHORT),
                    turnedAway);
            assertThat(most.get()).isBetween(budget / 2, budget + SLACK);
            assertThat(running.stats().crashes()).isZero();
            for (FakeClient client : greedy) {
                client.reset();
            }
            running.await("all is given back", () -> running.stats().bufferedBytes() == 0);
        }
    }

    private Thread watch(RunningCase running) {
        Thread watch = new Thread(() -> {
            while (!over.get()) {
                most.accumulateAndGet(running.stats().bufferedBytes(), Math::max);
            }
        });
        watch.start();
        return watch;
    }
}
