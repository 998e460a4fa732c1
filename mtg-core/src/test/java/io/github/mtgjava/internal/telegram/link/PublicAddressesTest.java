package io.github.mtgjava.internal.telegram.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.IpFamily;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {

    private static final InetAddress KNOWN_IPV4 = ip("203.0.113.5");
    private static final InetAddress KNOWN_IPV6 = ip("2001:db8::5");
    private static final PublicAddresses KNOWN = new PublicAddresses(KNOWN_IPV4, KNOWN_IPV6);

    private static InetAddress ip(String literal) {
        return new InetSocketAddress(literal, 1).getAddress();
    }

    @Test
    void whatIsKnownIsSeenOfOurOwnSockets() {
        assertThat(KNOWN.seen(ip("198.51.100.1"))).isEqualTo(KNOWN_IPV4);
        assertThat(KNOWN.seen(ip("::1"))).isEqualTo(KNOWN_IPV6);
        assertThat(PublicAddresses.UNKNOWN.seen(ip("10.0.0.1"))).isEqualTo(ip("10.0.0.1"));
    }

    @Test
    void whatASocksServerTellsGoesFirstIfTheWorldCanSeeIt() {
        assertThat(KNOWN.seenOutside(ip("198.51.100.1"), IpFamily.IPV4)).contains(ip("198.51.100.1"));
        assertThat(KNOWN.seenOutside(ip("2001:db8::9"), IpFamily.IPV6)).contains(ip("2001:db8::9"));
        assertThat(KNOWN.seenOutside(ip("100.63.0.1"), IpFamily.IPV4)).contains(ip("100.63.0.1"));
        assertThat(KNOWN.seenOutside(ip("100.128.0.1"), IpFamily.IPV4)).contains(ip("100.128.0.1"));
        assertThat(KNOWN.seenOutside(ip("fe00::1"), IpFamily.IPV6)).contains(ip("fe00::1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "127.0.0.1",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.1.1",
                "100.64.0.1",
                "100.127.255.255",
                "224.0.0.1",
                "::",
                "::1",
                "fe80::1",
                "fc00::1",
                "fd12::1",
                "ff02::1"
            })
    void whatTheWorldCannotSeeGivesWayToWhatIsKnown(String told) {
        IpFamily family = IpFamily.of(ip(told));
        assertThat(KNOWN.seenOutside(ip(told), family)).contains(family == IpFamily.IPV4 ? KNOWN_IPV4 : KNOWN_IPV6);
    }

    @Test
    void theOtherFamilyIsNoAnswer() {
        assertThat(KNOWN.seenOutside(ip("198.51.100.1"), IpFamily.IPV6)).contains(KNOWN_IPV6);
        assertThat(PublicAddresses.UNKNOWN.seenOutside(ip("198.51.100.1"), IpFamily.IPV6))
                .isEmpty();
    }

    @Test
    void whereNothingIsKnownALocalAddressIsBetterThanNone() {
        assertThat(PublicAddresses.UNKNOWN.seenOutside(ip("10.1.2.3"), IpFamily.IPV4))
                .contains(ip("10.1.2.3"));
        assertThat(PublicAddresses.UNKNOWN.seenOutside(ip("0.0.0.0"), IpFamily.IPV4))
                .isEmpty();
        assertThat(PublicAddresses.UNKNOWN.seenOutside(ip("::"), IpFamily.IPV6)).isEmpty();
    }
}
