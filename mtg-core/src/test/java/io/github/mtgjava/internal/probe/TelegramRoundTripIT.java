package io.github.mtgjava.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.mtgjava.crypto.RandomSource;
import io.github.mtgjava.probe.ProbeException.Fault;
import io.github.mtgjava.probe.TelegramProbe;
import io.github.mtgjava.testkit.ClientOptions;
import io.github.mtgjava.testkit.ClosedPort;
import io.github.mtgjava.testkit.FakeTelegram;
import io.github.mtgjava.testkit.FakeTelegram.Behaviour;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A DC that answers, and everything that can go wrong with one. */
@Timeout(60)
class TelegramRoundTripIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final RandomSource RANDOM = RandomSource.secure();

    @Test
    void measuresTheRoundTripToADc() throws Exception {
        try (FakeTelegram telegram = FakeTelegram.start(Behaviour.MTPROTO)) {
            for (int dc : new int[] {2, -4, 203, 10_002}) {
                assertThat(TelegramProbe.roundTrip(telegram.address(), dc, LIMIT))
                        .isBetween(Duration.ofNanos(1), LIMIT);
            }
            assertThat(telegram.frames())
                    .extracting(FakeTelegram.Frame::signedDc)
                    .containsExactly(2, -4, 203, 10_002);
            assertThat(telegram.frames()).extracting(FakeTelegram.Frame::tag).containsOnly(ClientOptions.PADDED);
        }
    }

    @Test
    void hasNoLimitTooLong() throws Exception {
        try (FakeTelegram telegram = FakeTelegram.start(Behaviour.MTPROTO)) {
            Duration forEver = Duration.ofSeconds(Long.MAX_VALUE);
            assertThat(TelegramRoundTrip.measure(telegram.address(), 1, forEver, RANDOM))
                    .isPositive();
        }
    }

    @Test
    void cannotConnect() throws Exception {
        try (ClosedPort closed = ClosedPort.reserve()) {
            assertThat(fails(Fault.CANNOT_CONNECT, closed.address(), LIMIT)).startsWith("cannot connect to the DC at");
        }
    }

    @Test
    void timesOut() throws Exception {
        try (ScriptedServer server = ScriptedServer.silent()) {
            assertThat(fails(Fault.TIMED_OUT, server.address(), SHORT)).contains("within 300 ms");
        }
    }

    @Test
    void meetsTheEndOfTheStream() throws Exception {
        try (ScriptedServer server = ScriptedServer.closing()) {
            fails(Fault.CLOSED, server.address(), LIMIT);
        }
    }

    @Test
    void isReset() throws Exception {
        try (ScriptedServer server = ScriptedServer.resetting()) {
            fails(Fault.RESET, server.address(), LIMIT);
        }
    }

    @Test
    void meetsNoise() throws Exception {
        try (ScriptedServer server = ScriptedServer.saying(new byte[2_000])) {
            assertThat(fails(Fault.BAD_ANSWER, server.address(), LIMIT)).contains("no MTProto packet");
        }
        try (ScriptedServer server = ScriptedServer.noisy()) {
            fails(Fault.BAD_ANSWER, server.address(), LIMIT);
        }
    }

    @Test
    void refusesArgumentsThatMakeNoSense() {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
        InetSocketAddress unresolved = InetSocketAddress.createUnresolved("dc.test", 443);
        assertThatIllegalArgumentException().isThrownBy(() -> TelegramRoundTrip.measure(unresolved, 2, LIMIT, RANDOM));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TelegramRoundTrip.measure(address, 40_000, LIMIT, RANDOM));
        for (Duration limit : new Duration[] {Duration.ZERO, Duration.ofMillis(-1)}) {
            assertThatIllegalArgumentException().isThrownBy(() -> TelegramRoundTrip.measure(address, 2, limit, RANDOM));
        }
    }

    private static String fails(Fault fault, InetSocketAddress address, Duration limit) {
        return Faults.messageOf(fault, () -> TelegramRoundTrip.measure(address, 2, limit, RANDOM));
    }
}
