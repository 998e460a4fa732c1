package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.testkit.Command;
import io.github.mtgjava.testkit.FakeClient;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.transport.nio.BufferPool;
import io.github.mtgjava.transport.nio.EventLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A peer that does not read slows the other one down, and what we hold for it is bounded. */
class BackPressureIT {

    private static final int HIGH_WATER = 64 * 1024;
    /** More than all socket buffers on the way can hold. */
    private static final long MUCH = 256L << 20;

    /** The mark, the one read that may overshoot it, and what rounding to chunks and record headers add. */
    private static final long CEILING = HIGH_WATER + EventLoop.READ_BUFFER_BYTES + 2 * BufferPool.CHUNK_BYTES;

    @ParameterizedTest
    @EnumSource(Mode.class)
    void aClientThatDoesNotReadStopsTheReadingFromTelegram(Mode mode) throws Exception {
        try (RunningCase running = RunningCase.start(mode, builder -> builder.bufferToClient(HIGH_WATER));
                FakeClient client = running.client().connect()) {
            client.send(Command.source(MUCH, 5));
            awaitStandstill(running);
            assertThat(running.stats().bufferedBytes()).isBetween(1L, CEILING);
            assertThat(running.stats().bytesToClients()).isLessThan(MUCH);
            client.receive(MUCH, 5);
            running.await("nothing is held any more", () -> running.stats().bufferedBytes() == 0);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void aDcThatDoesNotReadStopsTheReadingFromTheClient(Mode mode) throws Exception {
        try (RunningCase running = RunningCase.start(mode, builder -> builder.bufferToTelegram(HIGH_WATER));
                FakeClient client = running.client().connect()) {
            client.send(Command.hold());
            CompletableFuture<Void> upload = CompletableFuture.runAsync(() -> transmit(client));
            awaitStandstill(running);
            assertThat(running.stats().bufferedBytes()).isBetween(1L, CEILING);
            assertThat(upload).isNotDone();
            running.telegram.releaseHeld();
            upload.get(3 * RunningCase.LIMIT.toSeconds(), TimeUnit.SECONDS);
            running.await("nothing is held any more", () -> running.stats().bufferedBytes() == 0);
        }
    }

    @Test
    void manySlowReadersTogetherStayWithinTheBudgetAndHarmNobody() throws Exception {
        long budget = 1 << 20;
        try (RunningCase running = RunningCase.start(Mode.TLS, builder -> builder.maxBufferedBytes(budget));
                FakeClient honest = running.client().connect()) {
            List<FakeClient> slow = slowReaders(running, 30);
            awaitStandstill(running);
            // Half of it, and one small read of each beyond.
            assertThat(running.stats().bufferedBytes()).isBetween(budget / 2, budget + BufferPool.CHUNK_BYTES);
            honest.download(1 << 20, 99);
            assertThat(running.stats().crashes()).isZero();
            for (FakeClient client : slow) {
                client.reset();
            }
            running.await("all is given back", () -> running.stats().bufferedBytes() == 0);
        }
    }

    @Test
    void whoReadsSlowlyWhenTheBudgetIsUsedUpIsClosed() throws Exception {
        // So many that small reads alone use it up.
        try (RunningCase running = RunningCase.start(Mode.SIMPLE, builder -> builder.maxBufferedBytes(1 << 20))) {
            List<FakeClient> slow = slowReaders(running, 120);
            running.await("some are closed", () -> running.closed(CloseReason.BUFFERS_FULL) > 0);
            assertThat(running.stats().bufferedBytes()).isLessThanOrEqualTo((1 << 20) + CEILING);
            assertThat(running.stats().crashes()).isZero();
            for (FakeClient client : slow) {
                client.reset();
            }
            running.await("all is given back", () -> running.stats().bufferedBytes() == 0);
        }
    }

    /** They ask for much, and read nothing. All of them come before memory is short, or they would be refused. */
    private static List<FakeClient> slowReaders(RunningCase running, int count) throws IOException {
        List<FakeClient> slow = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            slow.add(running.client().connect());
        }
        for (int i = 0; i < count; i++) {
            slow.get(i).send(Command.source(MUCH, i));
        }
        return slow;
    }

    private static void transmit(FakeClient client) {
        try {
            client.transmit(MUCH, 6);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Bytes are held, and between many looks in a row not one moved. */
    private static void awaitStandstill(RunningCase running) {
        long[] last = new long[2];
        running.await("traffic stands still", () -> {
            long moved = running.stats().bytesFromClients() + running.stats().bytesToClients();
            last[1] = moved == last[0] && running.stats().bufferedBytes() > 0 ? last[1] + 1 : 0;
            last[0] = moved;
            return last[1] >= 60;
        });
    }
}
