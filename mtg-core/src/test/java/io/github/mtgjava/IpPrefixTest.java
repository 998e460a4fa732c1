package io.github.mtgjava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpPrefixTest {

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.0.0.0, 10.255.255.255",
        "10.20.30.40/8, 10.0.0.0, 10.255.255.255",
        "192.0.2.128/25, 192.0.2.128, 192.0.2.255",
        "192.0.2.5/31, 192.0.2.4, 192.0.2.5",
        "192.0.2.5/32, 192.0.2.5, 192.0.2.5",
        "192.0.2.5, 192.0.2.5, 192.0.2.5",
        "0.0.0.0/0, 0.0.0.0, 255.255.255.255",
        "128.0.0.0/1, 128.0.0.0, 255.255.255.255",
        "2001:db8::/32, 2001:db8::, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
        "2001:db8::1/127, 2001:db8::, 2001:db8::1",
        "2001:db8::1, 2001:db8::1, 2001:db8::1",
        "fe80::/10, fe80::, febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "::/0, ::, ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        "::ffff:192.0.2.0/120, 192.0.2.0, ::ffff:192.0.2.255"
    })
    void containsEverythingFromItsFirstAddressToItsLast(String text, String first, String last) throws Exception {
        IpPrefix prefix = IpPrefix.parse(text);
        assertThat(prefix.contains(address(first))).isTrue();
        assertThat(prefix.contains(address(last))).isTrue();
        assertThat(prefix.address()).isEqualTo(address(first));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 9.255.255.255",
        "10.0.0.0/8, 11.0.0.0",
        "10.0.0.0/8, 138.0.0.0",
        "192.0.2.128/25, 192.0.2.127",
        "192.0.2.5, 192.0.2.4",
        "128.0.0.0/1, 127.255.255.255",
        "0.0.0.0/0, 2001:db8::1",
        "::/0, 192.0.2.1",
        "2001:db8::/32, 2001:db9::",
        "2001:db8::1/127, 2001:db8::2",
        "fe80::/10, fec0::"
    })
    void containsNothingElse(String text, String outside) throws Exception {
        assertThat(IpPrefix.parse(text).contains(address(outside))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/8",
                "10.0.0.0/",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/+8",
                "10.0.0.0/8/8",
                "10.0.0/8",
                "10.0.0.256/8",
                "010.0.0.0/8",
                "10.0.0.0 /8",
                "localhost",
                "localhost/8",
                "2001:db8::/129",
                "2001:db8/32",
                "2001:db8:::/32",
                "[2001:db8::]/32",
                "fe80::1%lo/64",
                "::ffff:192.0.2.0/95"
            })
    void refusesWhatIsNoneAndShowsIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IpPrefix.parse(text))
                .withMessageContaining("'" + text + "'");
    }

    @Test
    void whiteSpaceAroundItDoesNotMatter() {
        assertThat(IpPrefix.parse(" 10.0.0.0/8\t")).isEqualTo(IpPrefix.parse("10.0.0.0/8"));
    }

    @Test
    void aClientIsAnIpv4AddressOrAnIpv6Line() throws Exception {
        assertThat(IpPrefix.ofClient(address("192.0.2.1"))).hasToString("192.0.2.1/32");
        assertThat(IpPrefix.ofClient(address("2001:db8::1:2:3:4"))).hasToString("2001:db8::/64");
    }

    @Test
    void aLengthFitsItsFamily() throws Exception {
        assertThat(IpPrefix.of(address("2001:db8::1"), 64).length()).isEqualTo(64);
        assertThatIllegalArgumentException().isThrownBy(() -> IpPrefix.of(address("192.0.2.1"), 33));
        assertThatIllegalArgumentException().isThrownBy(() -> IpPrefix.of(address("192.0.2.1"), -1));
        assertThatIllegalArgumentException().isThrownBy(() -> IpPrefix.of(address("2001:db8::1"), 129));
    }

    @Test
    void isEqualToWhatContainsTheSame() {
        assertThat(IpPrefix.parse("10.1.2.3/8"))
                .isEqualTo(IpPrefix.parse("10.0.0.0/8"))
                .hasSameHashCodeAs(IpPrefix.parse("10.0.0.0/8"))
                .isNotEqualTo(IpPrefix.parse("10.0.0.0/9"))
                .isNotEqualTo(IpPrefix.parse("11.0.0.0/8"));
    }

    @ParameterizedTest
    @CsvSource({"10.1.2.3/8, 10.0.0.0/8", "192.0.2.1, 192.0.2.1/32", "2001:DB8:0::1/32, 2001:db8::/32", "::/0, ::/0"})
    void isWrittenAsItIsRead(String text, String written) {
        assertThat(IpPrefix.parse(text)).hasToString(written);
        assertThat(IpPrefix.parse(written)).isEqualTo(IpPrefix.parse(text));
    }

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }
}
