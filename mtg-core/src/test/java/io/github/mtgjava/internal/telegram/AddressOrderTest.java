package io.github.mtgjava.internal.telegram;

import static io.github.mtgjava.PreferIp.ONLY_IPV4;
import static io.github.mtgjava.PreferIp.ONLY_IPV6;
import static io.github.mtgjava.PreferIp.PREFER_IPV4;
import static io.github.mtgjava.PreferIp.PREFER_IPV6;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.PreferIp;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AddressOrderTest {

    private static final InetSocketAddress A4 = new InetSocketAddress("192.0.2.1", 443);
    private static final InetSocketAddress B4 = new InetSocketAddress("192.0.2.2", 443);
    private static final InetSocketAddress C4 = new InetSocketAddress("192.0.2.3", 443);
    private static final InetSocketAddress A6 = new InetSocketAddress("2001:db8::1", 443);
    private static final InetSocketAddress B6 = new InetSocketAddress("2001:db8::2", 443);
    private static final List<InetSocketAddress> MIXED = List.of(A6, A4, B4, C4, B6);

    @Test
    void startsWithThePreferredFamilyAndAlternates() {
        assertThat(AddressOrder.of(MIXED, PREFER_IPV4)).containsExactly(A4, A6, B4, B6, C4);
        assertThat(AddressOrder.of(MIXED, PREFER_IPV6)).containsExactly(A6, A4, B6, B4, C4);
    }

    @Test
    void usesTheOnlyAllowedFamily() {
        assertThat(AddressOrder.of(MIXED, ONLY_IPV4)).containsExactly(A4, B4, C4);
        assertThat(AddressOrder.of(MIXED, ONLY_IPV6)).containsExactly(A6, B6);
    }

    @Test
    void takesTheOtherFamilyIfThePreferredOneIsMissing() {
        assertThat(AddressOrder.of(List.of(A4, B4), PREFER_IPV6)).containsExactly(A4, B4);
        assertThat(AddressOrder.of(List.of(A6, B6), PREFER_IPV4)).containsExactly(A6, B6);
    }

    @Test
    void isEmptyIfTheOnlyAllowedFamilyIsMissing() {
        assertThat(AddressOrder.of(List.of(A4), ONLY_IPV6)).isEmpty();
        assertThat(AddressOrder.of(List.of(A6), ONLY_IPV4)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void makesNothingOfNothing(PreferIp preferIp) {
        assertThat(AddressOrder.of(List.of(), preferIp)).isEmpty();
    }
}
