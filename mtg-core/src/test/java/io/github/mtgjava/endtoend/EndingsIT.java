package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.Inject;
import io.github.mtgjava.spi.Ending;
import io.github.mtgjava.spi.ProxyObserver;
import io.github.mtgjava.spi.TelegramDirectory;
import io.github.mtgjava.testkit.ClosedPort;
import io.github.mtgjava.testkit.Command;
import io.github.mtgjava.testkit.FakeClient;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.FakeTelegram;
import io.github.mtgjava.testkit.ManualTicker;
import io.github.mtgjava.testkit.PatternStream;
import io.github.mtgjava.transport.obfuscated2.ClientFrameDecoder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How sessions end, and that the other side learns of it. */
class EndingsIT {

    private static final long TAIL = 3_000_000;
    private static final int FRAME_BYTES = ClientFrameDecoder.FRAME_BYTES;

    @ParameterizedTest
    @EnumSource(Mode.class)
    void aVanishedClientIsClosedTowardsTelegram(Mode mode) throws Exception {
        try (RunningCase running = RunningCase.start(mode)) {
            FakeClient client = running.client().connect();
            client.echo(new byte[1]);
            client.reset();
            running.await("the reset is seen", () -> running.closed(CloseReason.CLIENT_RESET) == 1);
            assertThat(running.telegram.awaitOpen(0, RunningCase.LIMIT)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void theClientGetsTheTailBeforeTelegramsEnd(Mode mode) throws Exception {
        try (RunningCase running = RunningCase.start(mode);
                FakeClient client = running.client().connect()) {
            client.downloadToEnd(TAIL, 7);
            client.close();
            running.await("the session is over", () -> running.closed(CloseReason.TELEGRAM_CLOSED) == 1);
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void aResetByTelegramEndsTheClientsStream(Mode mode) throws Exception {
        try (RunningCase running = RunningCase.start(mode);
                FakeClient client = running.client().connect()) {
            client.send(Command.reset());
            client.readEnd();
            client.close();
            running.await("the session is over", () -> running.closed(CloseReason.TELEGRAM_RESET) == 1);
        }
    }

    @Test
    void aClientThatOnlyHalfClosesStillGetsItsAnswer() throws Exception {
        try (RunningCase running = RunningCase.start(Mode.TLS);
                FakeClient client = running.client().connect()) {
            // More than all buffers hold: Telegram cannot finish before the client reads, and so not before it ends.
            client.send(Command.sourceAndFinish(10 * TAIL, 8));
            client.shutdownOutput();
            client.receive(10 * TAIL, 8);
            client.readEnd();
            running.await("the session is over", () -> running.closed(CloseReason.CLIENT_CLOSED) == 1);
        }
    }

    @Test
    void theTotalsOfASessionAreExact() throws Exception {
        CompletableFuture<List<Long>> totals = new CompletableFuture<>();
        ProxyObserver observer = new ProxyObserver() {
            @Override
            public void closed(Ending ending) {
                totals.complete(List.of(ending.bytesFromClient(), ending.bytesToClient()));
            }
        };
        try (RunningCase running = RunningCase.start(Mode.SIMPLE, builder -> builder.addObserver(observer))) {
            try (FakeClient client = running.client().connect()) {
                client.upload(1_000_000, 3);
            }
            // The frame, the command, the upload; and one byte that says it was right.
            long fromClient = 64 + Command.LENGTH + 1_000_000;
            assertThat(totals.get(RunningCase.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .containsExactly(fromClient, 1L);
            assertThat(running.stats().bytesFromClients()).isEqualTo(fromClient);
            assertThat(running.stats().bytesToClients()).isEqualTo(1);
        }
    }

    @Test
    void whatAClientSaidBeforeItLeftReachesTelegram() throws Exception {
        try (FakeTelegram other = FakeTelegram.start();
                ServerSocket slow = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RunningCase running = RunningCase.startBefore(
                        other,
                        Mode.SECURED,
                        builder -> builder.workers(1)
                                .bufferToTelegram(1 << 20)
                                .telegramDirectory(TelegramDirectory.builtIn()
                                        .withOverrides(Map.of(
                                                2, List.of(other.address()),
                                                4, List.of((InetSocketAddress) slow.getLocalSocketAddress())))));
                FakeClient neighbour = running.client().connect();
                FakeClient client = running.client().withDc(4).connect();
                Socket telegram = slow.accept()) {
            passTurns(neighbour);
            int piece = 16_384;
            long sent = FRAME_BYTES;
            while (running.stats().bufferedBytes() == 0) {
                long read = running.stats().bytesFromClients() + piece;
                client.write(new byte[piece]);
                sent += piece;
                running.await("it is read", () -> running.stats().bytesFromClients() == read);
            }
            client.shutdownOutput();
            passTurns(neighbour);
            client.reset();
            telegram.getOutputStream().write(1);
            telegram.getOutputStream().flush();
            passTurns(neighbour);
            assertThat((long) telegram.getInputStream().readAllBytes().length).isEqualTo(sent);
            telegram.close();
            running.await("the session is over", () -> running.closed(CloseReason.CLIENT_CLOSED) == 1);
        }
    }

    /** By then the one loop has seen all that happened before. */
    private static void passTurns(FakeClient neighbour) throws IOException {
        for (int i = 0; i < 3; i++) {
            neighbour.echo(new byte[1]);
        }
    }

    @Test
    void aLongSilenceDoesNotShortenWhatIsLeftAfterTheClientsEnd() throws Exception {
        ManualTicker ticker = new ManualTicker();
        try (RunningCase running = RunningCase.start(Mode.SECURED, builder -> Inject.ticker(builder, ticker));
                FakeClient client = running.client().connect()) {
            client.send(Command.sourceAndFinish(10 * TAIL, 8));
            client.readFully(1);
            ticker.advance(Duration.ofSeconds(40));
            client.shutdownOutput();
            byte[] rest = client.readFully((int) (10 * TAIL) - 1);
            assertThat(rest).hasSize((int) (10 * TAIL) - 1);
            client.readEnd();
        }
    }

    @Test
    void telegramHasLimitedTimeAfterTheClientsEnd() throws Exception {
        ManualTicker ticker = new ManualTicker();
        try (RunningCase running = RunningCase.start(Mode.SECURED, builder -> Inject.ticker(builder, ticker));
                FakeClient client = running.client().connect()) {
            client.send(Command.hold());
            assertThat(running.telegram.awaitFrames(1, RunningCase.LIMIT)).isTrue();
            long before = running.stats().bytesFromClients();
            client.write(new byte[1]);
            running.await("it was relayed", () -> running.stats().bytesFromClients() > before);
            client.shutdownOutput();
            advanceUntilClosed(running, ticker, CloseReason.CLIENT_CLOSED, Duration.ofSeconds(60));
            running.telegram.releaseHeld();
        }
    }

    @Test
    void aSlowReaderGetsTheWholeTailHoweverOftenItPings() throws Exception {
        ManualTicker ticker = new ManualTicker();
        // Little enough to be read from Telegram whether or not the client reads: it is gone before the client begins.
        int tail = 100_000;
        int step = tail / 40;
        try (RunningCase running = RunningCase.start(Mode.SECURED, builder -> Inject.ticker(builder, ticker));
                FakeClient client = running.client().connect()) {
            client.send(Command.sourceAndFinish(tail, 9));
            running.await("all is read from Telegram", () -> running.stats().bytesToClients() == tail);
            assertThat(running.telegram.awaitOpen(0, RunningCase.LIMIT)).isTrue();
            running.await("Telegram's end is seen", () -> running.stats().relaying() == 0);
            for (int read = 0; read < tail; read += step) {
                assertThat(client.readFully(step)).isEqualTo(bytes(9, read, step));
                // A sign of life, and it would draw a reset if the proxy's socket were closed already.
                long before = running.stats().bytesFromClients();
                client.write(new byte[40]);
                running.await("the ping is seen", () -> running.stats().bytesFromClients() > before);
                ticker.advance(Duration.ofSeconds(6));
            }
            client.readEnd();
            client.close();
            running.await("the session is over", () -> running.closed(CloseReason.TELEGRAM_CLOSED) == 1);
        }
    }

    private static byte[] bytes(long seed, long position, int length) {
        byte[] bytes = new byte[length];
        new PatternStream(seed, position).fill(bytes, 0, length);
        return bytes;
    }

    @Test
    void aClientThatDoesNotEndAfterTelegramIsClosedAfterAWhile() throws Exception {
        ManualTicker ticker = new ManualTicker();
        try (RunningCase running = RunningCase.start(Mode.SECURED, builder -> Inject.ticker(builder, ticker));
                FakeClient client = running.client().connect()) {
            client.send(Command.close());
            client.readEnd();
            ticker.advance(Duration.ofSeconds(5));
            assertThat(running.stats().open()).isEqualTo(1);
            advanceUntilClosed(running, ticker, CloseReason.TELEGRAM_CLOSED, Duration.ofSeconds(60));
        }
    }

    /** Moves the clock in steps, so that an event which is still on its way cannot be missed. */
    private static void advanceUntilClosed(
            RunningCase running, ManualTicker ticker, CloseReason reason, Duration within) {
        Duration step = Duration.ofSeconds(1);
        Duration[] passed = {Duration.ZERO};
        running.await("it is closed", () -> {
            if (passed[0].compareTo(within) < 0) {
                ticker.advance(step);
                passed[0] = passed[0].plus(step);
            }
            return running.closed(reason) == 1;
        });
    }

    @Test
    void aDcThatCannotBeReachedClosesTheClientAndIsCounted() throws Exception {
        try (ClosedPort nobody = ClosedPort.reserve();
                RunningCase running = RunningCase.start(
                        Mode.SECURED,
                        builder -> builder.telegramDirectory(TelegramDirectory.builtIn()
                                .withOverrides(Map.of(2, List.of(nobody.address(), nobody.address())))))) {
            FakeClient client = running.client().connect();
            awaitEnd(client);
            running.await("it is counted", () -> running.closed(CloseReason.TELEGRAM_UNREACHABLE) == 1);
            assertThat(running.events.all()).contains("unreachable 1 2");
        }
    }

    @Test
    void theNextAddressIsUsedWhenTheFirstRefuses() throws Exception {
        try (ClosedPort nobody = ClosedPort.reserve();
                RunningCase backend = RunningCase.start(Mode.SIMPLE);
                RunningCase running = RunningCase.start(
                        Mode.SECURED,
                        builder -> builder.telegramDirectory(TelegramDirectory.builtIn()
                                .withOverrides(Map.of(2, List.of(nobody.address(), backend.telegram.address())))));
                FakeClient client = running.client().connect()) {
            assertThat(client.echo(new byte[5])).hasSize(5);
        }
    }

    @Test
    void anUnknownDcClosesTheClient() throws Exception {
        try (RunningCase running = RunningCase.start(Mode.SECURED)) {
            awaitEnd(running.client().withDc(77).connect());
            running.await("it is counted", () -> running.closed(CloseReason.UNKNOWN_DC) == 1);
            assertThat(running.telegram.accepted()).isZero();
        }
    }

    @Test
    void anIdleSessionIsClosedAndBytesInEitherDirectionKeepItOpen() throws Exception {
        ManualTicker ticker = new ManualTicker();
        try (RunningCase running = RunningCase.start(Mode.SECURED, builder -> Inject.ticker(builder, ticker));
                FakeClient client = running.client().connect()) {
            client.echo(new byte[1]);
            ticker.advance(Duration.ofMinutes(4));
            client.echo(new byte[1]);
            ticker.advance(Duration.ofMinutes(4));
            client.echo(new byte[1]);
            assertThat(running.stats().open()).isEqualTo(1);
            ticker.advance(Duration.ofMinutes(6));
            running.await("it is idle", () -> running.closed(CloseReason.IDLE_TIMEOUT) == 1);
            assertThat(running.telegram.awaitOpen(0, RunningCase.LIMIT)).isTrue();
        }
    }

    @Test
    void stoppingLetsSessionsFinishAndTakesNoNewOnes() throws Exception {
        try (RunningCase running = RunningCase.start(Mode.SECURED)) {
            FakeClient client = running.client().connect();
            client.echo(new byte[1]);
            CompletableFuture<Boolean> stopped =
                    CompletableFuture.supplyAsync(() -> running.proxy.stop(RunningCase.LIMIT));
            running.await("the listener is closed", () -> refusesConnections(running));
            assertThat(client.echo(new byte[30_000])).hasSize(30_000);
            assertThat(stopped).isNotDone();
            client.close();
            assertThat(stopped.get(RunningCase.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    @Test
    void stoppingAtOnceClosesEverythingWithAReason() throws Exception {
        try (RunningCase running = RunningCase.start(Mode.SECURED)) {
            FakeClient client = running.client().connect();
            client.echo(new byte[1]);
            assertThat(running.proxy.stop(Duration.ZERO)).isFalse();
            assertThat(running.events.all()).contains("closed 1 PROXY_STOPPED");
            assertThat(running.stats().open()).isZero();
            awaitEnd(client);
            assertThat(running.telegram.awaitOpen(0, RunningCase.LIMIT)).isTrue();
        }
    }

    private static boolean refusesConnections(RunningCase running) {
        try {
            running.client().openSocket().close();
            return false;
        } catch (IOException refused) {
            return true;
        }
    }

    /** The connection ends, by FIN or by RST. */
    private static void awaitEnd(FakeClient client) throws IOException {
        try (client) {
            client.readEnd();
        } catch (SocketException reset) {
            assertThat(reset).hasMessageContaining("reset");
        }
    }
}
