package io.github.mtgjava.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mtgjava.CloseReason;
import io.github.mtgjava.RejectReason;
import io.github.mtgjava.SecretType;
import io.github.mtgjava.spi.ProxyObserver;
import io.github.mtgjava.testkit.FakeClient;
import io.github.mtgjava.testkit.ManualTicker;
import io.github.mtgjava.transport.obfuscated2.ProtocolTag;
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
    private final LearningBlocklist list = new LearningBlocklist(TIMES, 100, ticker);
    private final BlockingQueue<RejectReason> refusals = new LinkedBlockingQueue<>();
    private long connections;

    @Test
    void blocksWhoeverIsRefusedAgainAndAgainForAWhile() throws Exception {
        try (ProxyWithParts proxy = proxy()) {
            for (int i = 0; i < TIMES; i++) {
                proxy.visitStrangely();
                assertThat(refusals.poll(20, TimeUnit.SECONDS)).isEqualTo(RejectReason.BAD_FRAME);
            }
            proxy.visitStrangely();
            assertThat(refusals.poll(20, TimeUnit.SECONDS)).isEqualTo(RejectReason.BLOCKED);

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
                assertThat(refusals.poll(20, TimeUnit.SECONDS)).isEqualTo(RejectReason.BAD_FRAME);
            }
            assertEcho(proxy);
        }
    }

    @Test
    void countsWhatHappensWithinAMinute() {
        for (int i = 0; i < 3 * TIMES; i++) {
            refuse("192.0.2.1", RejectReason.BAD_DIGEST);
            ticker.advance(Duration.ofSeconds(31));
        }
        assertThat(allows("192.0.2.1")).isTrue();
    }

    @Test
    void countsNothingThatHappensToUsers() {
        for (RejectReason reason : RejectReason.values()) {
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
            refuse("2001:db8::" + i, RejectReason.REPLAY);
            refuse("192.0.2.1", RejectReason.REPLAY);
        }
        assertThat(allows("2001:db8::ffff")).isFalse();
        assertThat(allows("2001:db8:0:1::")).isTrue();
        assertThat(allows("192.0.2.1")).isFalse();
        assertThat(allows("192.0.2.2")).isTrue();
    }

    @Test
    void forgetsWhomItHasNotHeardOfForLongest() {
        for (int i = 0; i < TIMES; i++) {
            refuse("192.0.2.1", RejectReason.REPLAY);
        }
        for (int i = 0; i < 99; i++) {
            refuse("198.51.100." + i, RejectReason.REPLAY);
        }
        assertThat(allows("192.0.2.1")).isFalse();
        for (int i = 0; i < 100; i++) {
            refuse("203.0.113." + i, RejectReason.REPLAY);
        }
        assertThat(allows("192.0.2.1")).isTrue();
    }

    @Test
    void knowsNoNewcomerThatHasLeft() {
        InetSocketAddress client = new InetSocketAddress(address("192.0.2.1"), 1);
        list.accepted(1, client);
        list.closed(1, CloseReason.CLIENT_CLOSED, 0, 0, 0);
        list.accepted(2, client);
        list.handshakeDone(2, SecretType.TLS, ProtocolTag.PADDED_INTERMEDIATE, 2, 0);
        assertThat(list.newcomers()).isZero();
    }

    @Test
    void refusesToBlockEverybody() {
        assertThatThrownBy(() -> new LearningBlocklist(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private ProxyWithParts proxy() throws Exception {
        ProxyObserver listener = new ProxyObserver() {
            @Override
            public void refused(long connection, RejectReason reason) {
                refusals.add(reason);
            }
        };
        return new ProxyWithParts(
                builder -> builder.clientFilter(list).observer(list).observer(listener));
    }

    private static void assertEcho(ProxyWithParts proxy) throws Exception {
        try (FakeClient client = proxy.client().connect()) {
            assertThat(client.echo(new byte[10])).hasSize(10);
        }
    }

    private void refuse(String from, RejectReason reason) {
        list.accepted(++connections, new InetSocketAddress(address(from), 1));
        list.refused(connections, reason);
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
