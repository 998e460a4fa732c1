package io.github.mtgjava.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.Inject;
import io.github.mtgjava.spi.TelegramDirectory;
import io.github.mtgjava.testkit.ClosedPort;
import io.github.mtgjava.testkit.FakeClient;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.FakeTelegram;
import io.github.mtgjava.testkit.ManualTicker;
import io.github.mtgjava.testkit.SilentPort;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Addresses of Telegram that do not answer are tried last for a while. */
class AddressMemoryIT {

    private final ManualTicker ticker = new ManualTicker();

    private RunningCase start(FakeTelegram telegram, InetSocketAddress... addresses) {
        TelegramDirectory directory = dc -> List.of(addresses);
        return RunningCase.startBefore(
                telegram,
                Mode.SECURED,
                builder -> Inject.ticker(builder, ticker).workers(1).telegramDirectory(directory));
    }

    private static void talk(RunningCase running) throws Exception {
        try (FakeClient client = running.client().connect()) {
            assertThat(client.echo(new byte[100])).hasSize(100);
        }
        running.await("it is over", () -> running.stats().open() == 0);
    }

    private static long unreachable(RunningCase running) {
        return running.events.all().stream()
                .filter(event -> event.startsWith("unreachable"))
                .count();
    }

    @Test
    void oneThatRefusesIsTriedLastForFiveMinutes() throws Exception {
        FakeTelegram telegram = FakeTelegram.start();
        try (ClosedPort nobody = ClosedPort.reserve();
                RunningCase running = start(telegram, nobody.address(), telegram.address())) {
            talk(running);
            assertThat(unreachable(running)).isEqualTo(1);
            talk(running);
            talk(running);
            assertThat(unreachable(running)).isEqualTo(1);
            ticker.advance(Duration.ofMinutes(5).plusSeconds(1));
            talk(running);
            assertThat(unreachable(running)).isEqualTo(2);
        }
    }

    @Test
    void oneThatIsSilentIsOvertakenAndThenTriedLast() throws Exception {
        FakeTelegram telegram = FakeTelegram.start();
        try (SilentPort silent = new SilentPort();
                RunningCase running = start(telegram, silent.address(), telegram.address())) {
            try (FakeClient client = running.client().connect()) {
                running.await(
                        "it is let in",
                        () -> running.events.all().stream().anyMatch(event -> event.startsWith("handshake 1")));
                assertThat(telegram.accepted()).isZero();
                ticker.advance(Duration.ofMillis(400));
                assertThat(client.echo(new byte[100])).hasSize(100);
            }
            // Nobody advances the clock for this one.
            talk(running);
            assertThat(unreachable(running)).as("slow is not dead").isZero();
        }
    }

    @Test
    void whereAllAreSilentTheDeadlineEndsIt() throws Exception {
        FakeTelegram telegram = FakeTelegram.start();
        try (SilentPort silent = new SilentPort();
                RunningCase running = start(telegram, silent.address());
                FakeClient client = running.client().connect()) {
            running.await(
                    "it is let in",
                    () -> running.events.all().stream().anyMatch(event -> event.startsWith("handshake 1")));
            ticker.advance(Duration.ofSeconds(9));
            assertThat(running.stats().open()).isEqualTo(1);
            ticker.advance(Duration.ofSeconds(2));
            client.readEnd();
            running.await("told", () -> unreachable(running) == 1);
        }
    }

    @Test
    void whereAllRefuseAllAreTriedAgain() throws Exception {
        FakeTelegram telegram = FakeTelegram.start();
        try (ClosedPort one = ClosedPort.reserve();
                ClosedPort other = ClosedPort.reserve();
                RunningCase running = start(telegram, one.address(), other.address())) {
            for (int clients = 1; clients <= 3; clients++) {
                try (FakeClient client = running.client().connect()) {
                    client.readEnd();
                }
                assertThat(unreachable(running)).isEqualTo(2L * clients);
            }
        }
    }
}
