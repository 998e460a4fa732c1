package io.github.mtgjava.internal.telegram.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.PreferIp;
import io.github.mtgjava.internal.telegram.bootstrap.MiddleProxyData;
import io.github.mtgjava.internal.telegram.dial.FailureMemory;
import io.github.mtgjava.transport.middleproxy.ProxyList;
import io.github.mtgjava.transport.middleproxy.ProxySecret;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MiddleProxyAddressesTest {

    private static final String FIVE = """
            default 2;
            proxy_for 2 192.0.2.1:80;
            proxy_for 2 192.0.2.2:80;
            proxy_for 2 192.0.2.3:80;
            proxy_for 2 192.0.2.4:80;
            proxy_for 2 192.0.2.5:80;
            """;
    private static final String IPV6 = "proxy_for 2 [2001:db8::1]:80;\nproxy_for -203 [2001:db8::2]:80;\n";

    private final MiddleProxyAddresses addresses = new MiddleProxyAddresses();
    private final Random random = new Random(1);

    private static MiddleProxyData data(String ipv4, String ipv6) {
        return new MiddleProxyData(ProxySecret.of(new byte[32]), ProxyList.parse(ipv4), ProxyList.parse(ipv6));
    }

    private List<InetSocketAddress> toTry(MiddleProxyData data, PreferIp preferIp, long now) {
        return addresses.toTry(data, 2, preferIp, random, now);
    }

    @ParameterizedTest
    @CsvSource({"2, 2", "-2, 2", "7, 2", "0, 2", "-203, -203", "203, 2"})
    void findsTheEntryInEitherList(int dc, int entry) {
        assertThat(MiddleProxyAddresses.entry(data(FIVE, IPV6), PreferIp.PREFER_IPV4, dc))
                .hasValue(entry);
    }

    @Test
    void knowsWhenThereIsNone() {
        assertThat(MiddleProxyAddresses.entry(data("", IPV6), PreferIp.PREFER_IPV4, 7))
                .isEmpty();
        assertThat(MiddleProxyAddresses.entry(data("", IPV6), PreferIp.PREFER_IPV4, -203))
                .hasValue(-203);
        assertThat(MiddleProxyAddresses.entry(data("", "default 2;\n" + IPV6), PreferIp.PREFER_IPV4, 0))
                .isEqualTo(OptionalInt.of(2));
        assertThat(MiddleProxyAddresses.entry(data("", ""), PreferIp.PREFER_IPV4, 2))
                .isEmpty();
    }

    @Test
    void looksOnlyWhereItMayGo() {
        MiddleProxyData both = data(FIVE + "proxy_for 203 192.0.2.6:80;\n", "default 2;\n" + IPV6);
        assertThat(MiddleProxyAddresses.entry(both, PreferIp.ONLY_IPV6, 203)).hasValue(2);
        assertThat(MiddleProxyAddresses.entry(both, PreferIp.ONLY_IPV4, 203)).hasValue(203);
        assertThat(MiddleProxyAddresses.entry(both, PreferIp.ONLY_IPV4, -203)).hasValue(2);
        assertThat(MiddleProxyAddresses.entry(data(FIVE, ""), PreferIp.ONLY_IPV6, 2))
                .isEmpty();
    }

    @Test
    void triesAFewInRandomOrderWithThePreferredFamilyFirst() {
        Set<InetSocketAddress> first = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            List<InetSocketAddress> order = toTry(data(FIVE, IPV6), PreferIp.PREFER_IPV4, 0);
            assertThat(order).hasSize(MiddleProxyAddresses.MAX_TRIED).doesNotHaveDuplicates();
            assertThat(order.get(0).getAddress()).isInstanceOf(Inet4Address.class);
            assertThat(order.get(1).getAddress()).isNotInstanceOf(Inet4Address.class);
            first.add(order.get(0));
        }
        assertThat(first).hasSize(5);
        assertThat(toTry(data(FIVE, IPV6), PreferIp.ONLY_IPV6, 0)).hasSize(1);
        assertThat(addresses.toTry(data(FIVE, IPV6), 9, PreferIp.PREFER_IPV4, random, 0))
                .isEmpty();
    }

    @Test
    void triesLastWhatLatelyFailed() {
        MiddleProxyData data = data(FIVE, "");
        InetSocketAddress failed = new InetSocketAddress("192.0.2.3", 80);
        addresses.failed(failed, 0);
        for (int i = 0; i < 50; i++) {
            assertThat(toTry(data, PreferIp.PREFER_IPV4, 1)).doesNotContain(failed);
        }
        addresses.succeeded(failed);
        assertThat(firsts(data, 1)).contains(failed);
        addresses.failed(failed, 1);
        long later = FailureMemory.MEMORY.plus(Duration.ofSeconds(1)).toNanos();
        assertThat(firsts(data, later)).contains(failed);
    }

    private Set<InetSocketAddress> firsts(MiddleProxyData data, long now) {
        Set<InetSocketAddress> firsts = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            firsts.add(toTry(data, PreferIp.PREFER_IPV4, now).get(0));
        }
        return firsts;
    }

    @Test
    void whereAllHaveFailedAllAreTriedAgain() {
        MiddleProxyData data = data("proxy_for 2 192.0.2.1:80;", "");
        addresses.failed(new InetSocketAddress("192.0.2.1", 80), 0);
        assertThat(toTry(data, PreferIp.PREFER_IPV4, 1)).hasSize(1);
    }
}
