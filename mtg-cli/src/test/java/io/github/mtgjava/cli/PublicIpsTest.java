package io.github.mtgjava.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.mtgjava.IpFamily;
import io.github.mtgjava.MtProxyException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PublicIpsTest {

    private static final Set<IpFamily> BOTH = EnumSet.allOf(IpFamily.class);

    private final EssentialOptions given = new EssentialOptions();

    private static PublicAddressLookup asking(OneShotServer... services) {
        List<URI> urls = List.of(services).stream().map(OneShotServer::url).toList();
        return new PublicAddressLookup(urls, Duration.ofSeconds(10));
    }

    @Test
    void areRememberedForTheLinks() throws Exception {
        try (OneShotServer service = OneShotServer.http("127.0.0.1", "203.0.113.5")) {
            PublicIps ips = new PublicIps(given, asking(service), true);
            InetAddress expected = InetAddress.getByName("203.0.113.5");
            assertThat(ips.isOfUse()).isTrue();
            assertThat(ips.find(BOTH)).isEqualTo(Map.of(IpFamily.IPV4, expected));
            assertThat(ips.ipv4()).isEqualTo(new InetSocketAddress(expected, 0));
            assertThat(ips.ipv6()).isNull();
        }
    }

    @Test
    void ofIpv6MatterOnlyWhereTheProxyListensOnIt() throws Exception {
        try (OneShotServer service = OneShotServer.http("::1", "2001:db8::5")) {
            given.bind = new InetSocketAddress("::", 0);
            assertThat(new PublicIps(given, asking(service), false).find(BOTH)).containsOnlyKeys(IpFamily.IPV6);
            given.bind = new InetSocketAddress("0.0.0.0", 0);
            assertThat(new PublicIps(given, asking(service), false).find(BOTH)).isEmpty();
            assertThat(service.requests()).hasSize(1);
        }
    }

    @Test
    void ofIpv6IsFoundWhereverThereIsNothingElseToFind() throws Exception {
        try (OneShotServer service = OneShotServer.http("::1", "2001:db8::5")) {
            assertThat(new PublicIps(given, asking(service), true).find(Set.of(IpFamily.IPV6)))
                    .containsOnlyKeys(IpFamily.IPV6);
        }
    }

    @Test
    void whoeverInsistsOnOneGetsNoStartWithout() throws Exception {
        try (OneShotServer service = OneShotServer.http("127.0.0.1", "nonsense")) {
            PublicIps ips = new PublicIps(given, asking(service), true);
            ips.refuseOrWarnIfHopeless();
            assertThatExceptionOfType(MtProxyException.class)
                    .isThrownBy(() -> ips.find(BOTH))
                    .withMessageContaining("-4");
            given.publicIpv6 = InetSocketAddress.createUnresolved("six.example", 0);
            assertThat(ips.find(Set.of(IpFamily.IPV4))).isEmpty();
        }
    }

    @Test
    void withNobodyToAskThatIsSaidAtOnce() {
        PublicIps ips = new PublicIps(given, PublicAddressLookup.never(), true);
        assertThatExceptionOfType(MtProxyException.class)
                .isThrownBy(ips::refuseOrWarnIfHopeless)
                .withMessageContaining("-4");
        given.publicIpv4 = InetSocketAddress.createUnresolved("proxy.example", 0);
        ips.refuseOrWarnIfHopeless();
    }

    @Test
    void ofNobodyAreNotAskedFor() {
        assertThat(new PublicIps(given, PublicAddressLookup.never(), false).isOfUse())
                .isFalse();
    }
}
