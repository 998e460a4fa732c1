package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.Inject;
import io.github.mtgjava.testkit.ClosedPort;
import io.github.mtgjava.testkit.Command;
import io.github.mtgjava.testkit.FakeClient;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.FakeTelegram;
import io.github.mtgjava.testkit.ManualTicker;
import io.micrometer.core.instrument.FunctionCounter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each reason to end moves its own counter, once. */
class EndingMetricsIT {

    private static final int UNKNOWN_DC = 77;
    private static final int FAULTY_DC = 4;
    private static final int DEAD_DC = 5;
    private static final byte[] ALERT = HexFormat.of().parseHex("1503030002022a");

    private final Meters meters = new Meters();
    private final ManualTicker ticker = new ManualTicker();

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"BAD_PACKET", "SLOW_READER", "BUFFERS_FULL"})
    void anEndIsCountedByItsReason(CloseReason reason) throws Exception {
        FakeTelegram telegram = FakeTelegram.start();
        try (ClosedPort nobody = ClosedPort.reserve();
                RunningCase running = RunningCase.startBefore(
                        telegram,
                        Mode.TLS,
                        builder -> Inject.ticker(builder, ticker)
                                .addObserver(meters.observer())
                                .telegramDirectory(dc -> addresses(dc, telegram, nobody)))) {
            FunctionCounter counter = meters.counter("closed", "reason", Meters.word(reason));
            FunctionCounter crashes = meters.counter("crashes");
            bringAbout(reason, running).close();
            running.await("it is counted", () -> counter.count() == 1);
            assertThat(running.stats().closed().values().stream()
                            .mapToLong(Long::longValue)
                            .sum())
                    .as("ends of all kinds")
                    .isEqualTo(1);
            assertThat(crashes.count()).isEqualTo(reason == CloseReason.INTERNAL_ERROR ? 1 : 0);
            if (reason == CloseReason.INTERNAL_ERROR) {
                running.events.forgiveCrashes();
            }
        }
    }

    private static List<InetSocketAddress> addresses(int dc, FakeTelegram telegram, ClosedPort nobody) {
        return switch (dc) {
            case 2 -> List.of(telegram.address());
            case FAULTY_DC -> throw new IllegalStateException("a fault on purpose");
            case DEAD_DC -> List.of(nobody.address());
            default -> List.of();
        };
    }

    /** Has a connection end like that, as soon as the socket that is handed out is closed. */
    private Socket bringAbout(CloseReason reason, RunningCase running) throws IOException {
        return switch (reason) {
            case CLIENT_CLOSED -> {
                FakeClient client = admitted(running);
                client.shutdownOutput();
                client.readEnd();
                yield client.socket();
            }
            case CLIENT_RESET -> {
                FakeClient client = admitted(running);
                client.reset();
                yield client.socket();
            }
            case TELEGRAM_CLOSED -> {
                FakeClient client = running.client().connect();
                client.downloadToEnd(100, 7);
                yield client.socket();
            }
            case TELEGRAM_RESET -> {
                FakeClient client = running.client().connect();
                client.send(Command.reset());
                client.readEnd();
                yield client.socket();
            }
            case TELEGRAM_UNREACHABLE -> turnedAway(running, DEAD_DC);
            case UNKNOWN_DC -> turnedAway(running, UNKNOWN_DC);
            case IDLE_TIMEOUT -> {
                FakeClient client = admitted(running);
                ticker.advance(Duration.ofMinutes(6));
                running.await("it is idle", () -> meters.value("open_connections") == 0);
                yield client.socket();
            }
            case BAD_RECORD -> {
                FakeClient client = admitted(running);
                client.socket().getOutputStream().write(ALERT);
                client.readEnd();
                yield client.socket();
            }
            case REFUSED -> {
                Socket stranger = running.client().openSocket();
                stranger.getOutputStream().write(new byte[100]);
                running.events.awaitEvent("refused 1 NOT_TLS");
                yield stranger;
            }
            case BAD_PACKET, SLOW_READER, BUFFERS_FULL ->
                throw new AssertionError("needs an ad tag: see LinkFaultIT and SlowReaderIT");
            case PROXY_STOPPED -> {
                FakeClient client = admitted(running);
                running.proxy.stop(Duration.ZERO);
                yield client.socket();
            }
            case INTERNAL_ERROR -> {
                FakeClient client = running.client().withDc(FAULTY_DC).connect();
                running.events.awaitEvent("closed 1 INTERNAL_ERROR");
                yield client.socket();
            }
        };
    }

    private static FakeClient admitted(RunningCase running) throws IOException {
        FakeClient client = running.client().connect();
        client.echo(new byte[1]);
        return client;
    }

    private static Socket turnedAway(RunningCase running, int dc) throws IOException {
        FakeClient client = running.client().withDc(dc).connect();
        client.readEnd();
        return client.socket();
    }
}
