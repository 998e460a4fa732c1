package io.github.mtgjava.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.spi.ProxyObserver;
import io.github.mtgjava.testkit.FakeClient;
import io.github.mtgjava.testkit.ManualTicker;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LearningBlocklistTest {

    private static final int TIMES = 3;

    private final ManualTicker ticker = new ManualTicker(Long.MAX_VALUE - 1);
    private final LearningBlocklist list = new LearningBlocklist(TIMES, 100, ticker::nanos);
    private final BlockingQueue<RefusalReason> refusals = new LinkedBlockingQueue<>();
    private long connections;

    @Test
    void blocksWhoeverIsRefusedAgainAndAgainForAWhile() throws Exception {
        try (ProxyWithParts proxy = proxy()) {
            for (int i = 0; i < TIMES; i++) {
                proxy.visitStrangely();
                assertThat(refusals.poll(20, TimeUnit.SECONDS)).isEqualTo(RefusalReason.BAD_FRAME);
            }
            proxy.visitStrangely();
            assertThat(refusals.poll(20, TimeUnit.SECONDS)).isEqualTo(RefusalReason.BLOCKED);

            ticker.advance(Conduct.MEMORY);
            assertEcho(proxy);
        }
    }

    @Test
    void blocksNoAddressThatUsersComeFrom() throws Exception {
        try (ProxyWithParts proxy = proxy()) {
            assertEcho(proxy);
            for (int i = 0; i < 3 * TIMES; i++) {
                proxy.visitStrangely();
                assertThat(refusals.poll(20, TimeUnit.SECONDS)).isEqualTo(RefusalReason.BAD_FRAME);
            }
            assertEcho(proxy);
        }
    }

    @Test
    void countsWhatHappensWithinAMinute() {
        for (int i = 0; i < 3 * TIMES; i++) {
            refuse("192.0.2.1", RefusalReason.BAD_DIGEST);
            ticker.advance(Duration.ofSeconds(31));
        }
        assertThat(allows("192.0.2.1")).isTrue();
    }

    @Test
    void countsNothingThatHappensToUsers() {
        for (RefusalReason reason : RefusalReason.values()) {
            boolean strange = switch (reason) {
                case NOT_TLS, MALFORMED_HELLO, BAD_DIGEST, WRONG_SNI, REPLAY, BAD_FRAME -> true;
                default -> false;
            };
            String address = "192.0.2." + (1 + reason.ordinal());
            for (int i = 0; i < TIMES; i++) {
                assertThat(allows(address)).isTrue();
                refuse(address, reason);
            }
            assertThat(allows(address)).as("%s", reason).isEqualTo(!strange);
        }
    }

    @Test
    void takesAnIpv6NetworkForOneAddressAndAnIpv4AddressForItself() {
        for (int i = 0; i < TIMES; i++) {
            refuse("2001:db8::" + i, RefusalReason.REPLAY);
            refuse("192.0.2.1", RefusalReason.REPLAY);
        }
        assertThat(allows("2001:db8::ffff")).isFalse();
        assertThat(allows("2001:db8:0:1::")).isTrue();
        assertThat(allows("192.0.2.1")).isFalse();
        assertThat(allows("192.0.2.2")).isTrue();
    }

    @Test
    void forgetsWhomItHasNotHeardOfForLongest() {
        for (int i = 0; i < TIMES; i++) {
            refuse("192.0.2.1", RefusalReason.REPLAY);
        }
        for (int i = 0; i < 99; i++) {
            refuse("198.51.100." + i, RefusalReason.REPLAY);
        }
        assertThat(allows("192.0.2.1")).isFalse();
        for (int i = 0; i < 100; i++) {
            refuse("203.0.113." + i, RefusalReason.REPLAY);
        }
        assertThat(allows("192.0.2.1")).isTrue();
    }

    @Test
    void refusesToBlockEverybody() {
        assertThatThrownBy(() -> new LearningBlocklist(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private ProxyWithParts proxy() throws Exception {
        ProxyObserver listener = new ProxyObserver() {
            @Override
            public void refused(long connection, InetSocketAddress client, RefusalReason reason) {
                refusals.add(reason);
            }
        };
        return new ProxyWithParts(
                builder -> builder.clientFilter(list).addObserver(list).addObserver(listener));
    }

    private static void assertEcho(ProxyWithParts proxy) throws Exception {
        try (FakeClient client = proxy.client().connect()) {
            assertThat(client.echo(new byte[10])).hasSize(10);
        }
    }

    private void refuse(String from, RefusalReason reason) {
        list.refused(++connections, new InetSocketAddress(address(from), 1), reason);
    }

    private boolean allows(String from) {
        return list.allows(address(from));
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (java.net.UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
