package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.Inject;
import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.ManualTicker;
import io.github.mtgjava.testkit.MessageClient;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that do not take their answers cost the others nothing. */
class SlowReaderIT {

    private static final int MIB = 1 << 20;
    private static final int KIB = 1 << 10;

    /** What the kernel may hold for a client on our side. */
    private static final int KERNEL = 64 * KIB;

    @ParameterizedTest
    @EnumSource(Mode.class)
    void aClientThatNeverReadsCostsOthersNothing(Mode mode) throws Exception {
        try (AdTagCase running = AdTagCase.start(mode)) {
            try (MessageClient greedy = running.client();
                    MessageClient neighbour = running.client()) {
                neighbour.echo(4);
                greedy.orderBurst(200, 256 * KIB);
                for (int i = 0; i < 100; i++) {
                    neighbour.echo(1000);
                }
                running.await("it is let go", () -> running.closed(CloseReason.SLOW_READER) == 1);
                neighbour.burst(5, 100_000);
                assertThat(running.middle.stood()).isEqualTo(1);
                running.awaitMiddle(
                        "Telegram knows", () -> running.middle.closedByProxy().size() == 1);
            }
            running.await("nothing is held", () -> running.stats().bufferedBytes() == 0);
        }
    }

    /** What the kernel takes is no sign of life: only what it takes after that. */
    @Test
    void aClientThatIsStuckIsLetGoAfterHalfAMinute() throws Exception {
        ManualTicker ticker = new ManualTicker();
        try (AdTagCase running = AdTagCase.start(
                        Mode.SECURED, builder -> Inject.ticker(builder, ticker).bufferToClient(KERNEL));
                MessageClient neighbour = running.client()) {
            try (MessageClient stuck = running.smallWindowClient()) {
                stuck.orderBurst(6, MIB / 2);
                running.await("it is held", () -> running.stats().bufferedBytes() > 3 * MIB / 2);
                neighbour.echo(4);
                ticker.advance(Duration.ofSeconds(29));
                neighbour.echo(4);
                assertThat(running.closed(CloseReason.SLOW_READER)).isZero();
                ticker.advance(Duration.ofSeconds(2));
                running.await("it is let go", () -> running.closed(CloseReason.SLOW_READER) == 1);
                neighbour.echo(4);
            }
        }
    }

    @Test
    void aClientThatIsOnlySlowGetsEverything() throws Exception {
        ManualTicker ticker = new ManualTicker();
        try (AdTagCase running = AdTagCase.start(
                        Mode.SECURED, builder -> Inject.ticker(builder, ticker).bufferToClient(KERNEL));
                MessageClient neighbour = running.client();
                MessageClient slow = running.smallWindowClient()) {
            slow.orderBurst(6, MIB / 2);
            running.await("it is held", () -> running.stats().bufferedBytes() > 3 * MIB / 2);
            for (int half = 0; half < 6; half++) {
                slow.receiveOneOfBurst(half, MIB / 2);
                ticker.advance(Duration.ofSeconds(20));
                // Or the link would be taken for dead, as time passes faster than a ping can be answered.
                neighbour.echo(4);
            }
            slow.echo(4);
        }
    }

    @Test
    void aLinkIsReadAgainAfterTheClientsThatHeldItUpAreGone() throws Exception {
        try (AdTagCase running = AdTagCase.start(Mode.SECURED, builder -> builder.bufferToClient(KERNEL))) {
            List<MessageClient> greedy = new ArrayList<>();
            try (MessageClient neighbour = running.client()) {
                neighbour.echo(4);
                for (int i = 0; i < 15; i++) {
                    MessageClient client = running.smallWindowClient();
                    greedy.add(client);
                    client.orderBurst(7, MIB / 2);
                }
                running.await("the greedy are let go", () -> running.closed(CloseReason.SLOW_READER) > 0);
                neighbour.echo(1000);
                assertThat(running.middle.stood()).isEqualTo(1);
            }
            for (MessageClient client : greedy) {
                client.close();
            }
            running.await("all are gone", () -> running.stats().open() == 0);
            running.await("nothing is held", () -> running.stats().bufferedBytes() == 0);
        }
    }

    @Test
    void whenMemoryIsShortTheSlowAreLetGoSooner() throws Exception {
        try (AdTagCase running = AdTagCase.start(
                        Mode.SECURED,
                        builder -> builder.maxBufferedBytes(4 * MIB).bufferToClient(KERNEL));
                MessageClient neighbour = running.client()) {
            List<MessageClient> greedy = new ArrayList<>();
            // All come before memory is short, or they would be refused.
            for (int i = 0; i < 10; i++) {
                greedy.add(running.smallWindowClient());
            }
            for (MessageClient client : greedy) {
                client.orderBurst(12, 256 * KIB);
            }
            running.await(
                    "some are let go",
                    () -> running.closed(CloseReason.SLOW_READER) + running.closed(CloseReason.BUFFERS_FULL) > 3);
            assertThat(running.stats().bufferedBytes()).isLessThan(5 * MIB);
            neighbour.echo(1000);
            assertThat(running.middle.stood()).isEqualTo(1);
            for (MessageClient client : greedy) {
                client.close();
            }
        }
    }

    @Test
    void thereIsNoRoomForTheBeginningsOfEverybodysMessages() throws Exception {
        try (AdTagCase running = AdTagCase.start(Mode.SIMPLE, builder -> builder.maxBufferedBytes(MIB));
                MessageClient neighbour = running.client(ClientOptions.INTERMEDIATE)) {
            neighbour.echo(4);
            List<MessageClient> beginners = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                beginners.add(running.client(ClientOptions.INTERMEDIATE));
            }
            for (MessageClient client : beginners) {
                client.sendFirstHalfOfEcho(MIB / 2);
            }
            running.await("some are let go", () -> running.closed(CloseReason.BUFFERS_FULL) > 0);
            assertThat(running.stats().bufferedBytes()).isLessThan(MIB + 16 * 64 * KIB);
            // What needs no memory goes on.
            neighbour.echo(1000);
            for (MessageClient client : beginners) {
                client.close();
            }
            running.await("nothing is held", () -> running.stats().bufferedBytes() == 0);
        }
    }

    @Test
    void quickAcknowledgementsAreBoundedLikeAnswers() throws Exception {
        try (AdTagCase running = AdTagCase.start(Mode.TLS, builder -> builder.bufferToClient(KERNEL));
                MessageClient greedy =
                        MessageClient.connect(running.options().withReceiveBuffer(16 * KIB), ClientOptions.PADDED)) {
            // So that the kernels are full, and not of thousands of tiny segments, which make them lose track of each
            // other.
            greedy.orderBurst(1, MIB / 2);
            running.await("much is held", () -> running.stats().bufferedBytes() > MIB / 4);
            byte[] batch = greedy.unanswered(400, true);
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
                // 4 for the client, and what its link may hold.
                while (running.stats().bufferedBytes() < 7L * MIB) {
                    greedy.stream().write(batch);
                }
            });
            running.await("it is let go", () -> running.closed(CloseReason.SLOW_READER) == 1);
        }
    }

    @Test
    void whoReadsAsFastAsItCanGetsEverythingWhileMemoryIsTight() throws Exception {
        try (AdTagCase running = AdTagCase.start(
                        Mode.SIMPLE,
                        builder -> builder.maxBufferedBytes(8 * MIB).bufferToClient(KERNEL));
                MessageClient honest = MessageClient.connect(
                        running.options().withReceiveBuffer(16 * KIB), ClientOptions.INTERMEDIATE)) {
            honest.echo(4);
            List<MessageClient> beginners = beginners(running, 6, MIB - 200 * KIB);
            running.await(
                    "memory is tight", () -> running.stats().bufferedBytes() > 6L * (MIB - 200 * KIB) - 6 * KERNEL);
            for (int i = 0; i < 10; i++) {
                honest.burst(3, MIB / 4);
            }
            closeAll(beginners);
        }
    }

    @Test
    void whoNeverCompletesAMessageMakesRoomForOthers() throws Exception {
        ManualTicker ticker = new ManualTicker();
        try (AdTagCase running = AdTagCase.start(
                        Mode.SIMPLE, builder -> Inject.ticker(builder, ticker).maxBufferedBytes(8 * MIB));
                MessageClient honest = running.client(ClientOptions.INTERMEDIATE)) {
            honest.echo(4);
            List<MessageClient> beginners = beginners(running, 8, MIB - 40 * KIB);
            running.await("memory is short", () -> running.stats().bufferedBytes() > 7 * MIB);
            for (int i = 0; i < 7; i++) {
                ticker.advance(Duration.ofSeconds(10));
                for (MessageClient beginner : beginners) {
                    beginner.stream().write(new byte[1]);
                }
                honest.echo(4);
            }
            admitSomebody(running);
            honest.echo(1_000_000);
            assertThat(running.closed(CloseReason.BUFFERS_FULL))
                    .as("no more than needed")
                    .isBetween(1L, 3L);
            closeAll(beginners);
        }
    }

    @Test
    void whoTakesNothingMakesRoomForOthers() throws Exception {
        ManualTicker ticker = new ManualTicker();
        try (AdTagCase running = AdTagCase.start(
                        Mode.SIMPLE,
                        builder -> Inject.ticker(builder, ticker)
                                .maxBufferedBytes(8 * MIB)
                                .bufferToClient(KERNEL));
                MessageClient honest = running.client(ClientOptions.INTERMEDIATE)) {
            honest.echo(4);
            List<MessageClient> greedy = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                greedy.add(MessageClient.connect(
                        running.options().withReceiveBuffer(16 * KIB), ClientOptions.INTERMEDIATE));
            }
            for (MessageClient client : greedy) {
                // Less than what has to be taken at some pace.
                client.orderBurst(1, 1000 * KIB);
            }
            running.await("memory is short", () -> running.stats().bufferedBytes() > 6 * MIB);
            // One that had to be told to go holds as much.
            greedy.get(0).stream().write(new byte[4]);
            for (int i = 0; i < 7; i++) {
                ticker.advance(Duration.ofSeconds(10));
                honest.echo(4);
            }
            admitSomebody(running);
            assertThat(running.closed(CloseReason.BUFFERS_FULL))
                    .as("no more than needed")
                    .isBetween(1L, 3L);
            closeAll(greedy);
        }
    }

    /** Those who are refused have the stuck go, one by one, until there is room. */
    private static void admitSomebody(AdTagCase running) throws IOException {
        for (int i = 0; i < 8; i++) {
            long before = seen(running);
            MessageClient late = running.client(ClientOptions.INTERMEDIATE);
            running.await("it is let in or not", () -> seen(running) > before);
            late.close();
        }
        try (MessageClient late = running.client(ClientOptions.INTERMEDIATE)) {
            late.echo(4);
        }
    }

    private static long seen(AdTagCase running) {
        return running.stats().accepted() + running.stats().refused().get(RefusalReason.MEMORY_SHORT);
    }

    /** They send so much of a message of 1 MiB, and no more. */
    private static List<MessageClient> beginners(AdTagCase running, int count, int bytes) throws IOException {
        List<MessageClient> beginners = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            beginners.add(running.client(ClientOptions.INTERMEDIATE));
        }
        long places = count + 1L;
        running.await("all are in", () -> running.links().clients() == places);
        ByteBuffer most =
                ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(MIB);
        for (MessageClient beginner : beginners) {
            beginner.stream().write(most.array());
        }
        return beginners;
    }

    private static void closeAll(List<MessageClient> clients) throws IOException {
        for (MessageClient client : clients) {
            client.close();
        }
    }

    @Test
    void manyClientsUploadInTurns() throws Exception {
        try (AdTagCase running = AdTagCase.start(Mode.SIMPLE)) {
            List<Thread> threads = new ArrayList<>();
            List<Throwable> failures = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                Thread thread = new Thread(() -> {
                    try (MessageClient client = running.client(ClientOptions.INTERMEDIATE)) {
                        for (int message = 0; message < 20; message++) {
                            client.echo(300_000);
                        }
                    } catch (IOException | AssertionError failure) {
                        synchronized (failures) {
                            failures.add(failure);
                        }
                    }
                });
                threads.add(thread);
                thread.start();
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(failures).isEmpty();
            assertThat(running.middle.stood()).isEqualTo(1);
        }
    }
}
