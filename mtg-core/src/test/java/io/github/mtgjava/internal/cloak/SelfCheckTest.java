package io.github.mtgjava.internal.cloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelfCheckTest {

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(address, port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1", "0.0.0.0", "::", "::ffff:127.0.0.1"})
    void recognisesEveryWayToThisMachineBehindAWildcard(String address) {
        SelfCheck anyIpv4 = new SelfCheck(at("0.0.0.0", 443), List.of());
        SelfCheck any = new SelfCheck(at("::", 443), List.of());
        assertThat(anyIpv4).accepts(at(address, 443)).rejects(at(address, 80));
        assertThat(any).accepts(at(address, 443)).rejects(at(address, 80));
    }

    @Test
    void letsOtherMachinesBe() {
        SelfCheck check = new SelfCheck(at("0.0.0.0", 443), List.of());
        assertThat(check).rejects(at("192.0.2.1", 443), at("2001:db8::1", 443));
    }

    @Test
    void comparesASpecificListener() {
        SelfCheck check = new SelfCheck(at("192.0.2.1", 443), List.of());
        assertThat(check).accepts(at("192.0.2.1", 443));
        assertThat(check).rejects(at("192.0.2.1", 80), at("192.0.2.2", 443), at("127.0.0.1", 443));
    }

    /** Whoever connects to 0.0.0.0 gets to some address of this machine; which one, is not ours to say. */
    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::"})
    void takesAWildcardForAnyListener(String wildcard) {
        assertThat(new SelfCheck(at("127.0.0.1", 443), List.of())).accepts(at(wildcard, 443));
        assertThat(new SelfCheck(at("192.0.2.1", 443), List.of()))
                .accepts(at(wildcard, 443))
                .rejects(at(wildcard, 80));
    }

    @Test
    void recognisesPublicAddressesOnTheListenersPort() {
        SelfCheck check = new SelfCheck(at("192.0.2.1", 443), List.of(at("203.0.113.5", 0), at("2001:db8::5", 0)));
        assertThat(check).accepts(at("203.0.113.5", 443), at("2001:db8::5", 443), at("192.0.2.1", 443));
        assertThat(check).rejects(at("203.0.113.5", 80), at("203.0.113.6", 443));
    }

    @Test
    void recognisesPublicAddressesOnTheirOwnPort() {
        SelfCheck check = new SelfCheck(at("192.0.2.1", 3128), List.of(at("203.0.113.5", 443)));
        assertThat(check).accepts(at("203.0.113.5", 443)).rejects(at("203.0.113.5", 3128));
    }

    @Test
    void toleratesPublicNamesThatAreNotLookedUp() {
        List<InetSocketAddress> name = List.of(InetSocketAddress.createUnresolved("proxy.example", 0));
        assertThat(new SelfCheck(at("192.0.2.1", 443), name)).rejects(at("203.0.113.5", 443));
    }
}
