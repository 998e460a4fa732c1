package io.github.mtgjava.transport.ip;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "192.0.2.1", "255.255.255.255", "1.22.233.4"})
    void readsIpv4(String text) throws UnknownHostException {
        assertThat(IpText.ipv4(text)).isEqualTo(InetAddress.getByName(text).getAddress());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.-1",
                "1.2.3.",
                "1..2.3",
                "1.2.3.0004",
                "1.2.3.a",
                "::1",
                "1.2.3.٤",
                "0000000000000000000000000000000000000000001.2.3.4"
            })
    void knowsWhatIsNoIpv4(String text) {
        assertThat(IpText.ipv4(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::",
                "::1",
                "1::",
                "2001:db8::1",
                "2001:DB8:0:0:0:0:0:1",
                "1:2:3:4:5:6:7:8",
                "1:2:3:4:5:6:7::",
                "::2:3:4:5:6:7:8",
                "64:ff9b::192.0.2.1",
                "1:2:3:4:5:6:192.0.2.1",
                "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
                "aaaa:bbbb:cccc:dddd:eeee:ffff:255.255.255.255"
            })
    void readsIpv6(String text) throws UnknownHostException {
        assertThat(IpText.ipv6(text)).isEqualTo(InetAddress.getByName(text).getAddress());
    }

    /** The JDK takes the four bytes for those of an IPv4 address. */
    @Test
    void readsAllSixteenBytesOfAMappedAddress() {
        byte[] expected = new byte[16];
        expected[10] = -1;
        expected[11] = -1;
        expected[12] = (byte) 192;
        expected[14] = 2;
        expected[15] = 1;
        assertThat(IpText.ipv6("::ffff:192.0.2.1")).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                ":::",
                "1",
                "192.0.2.1",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4::5:6:7:8",
                "1::2::3",
                "12345::",
                "g::",
                "::1%1",
                "[::1]",
                "192.0.2.1::",
                "::192.0.2.1:1",
                "1:2:3:4:5:6:7:192.0.2.1",
                "::256.0.2.1",
                "aaaa:bbbb:cccc:dddd:eeee:ffff:000255.255.255.255"
            })
    void knowsWhatIsNoIpv6(String text) {
        assertThat(IpText.ipv6(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 10, 3, 255, 0",
        "255, 10, 3, 255, 255",
        "256, 10, 3, 255, -1",
        "0255, 10, 3, 255, -1",
        "ff, 16, 4, 65535, 255",
        "FFFF, 16, 4, 65535, 65535",
        "fg, 16, 4, 65535, -1",
        "12a, 10, 3, 255, -1",
        "'', 10, 3, 255, -1",
        "+1, 10, 3, 255, -1",
        "\u0663, 10, 3, 255, -1"
    })
    void readsNumbers(String digits, int radix, int maxDigits, int max, int expected) {
        assertThat(IpText.number(digits, radix, maxDigits, max)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "255.255.255.255, 255.255.255.255",
        "::, [::]",
        "::1, [::1]",
        "1::, [1::]",
        "2001:db8:0:0:1:0:0:1, [2001:db8::1:0:0:1]",
        "2001:db8:0:1:1:1:1:1, [2001:db8:0:1:1:1:1:1]",
        "2001:0:0:1:0:0:0:1, [2001:0:0:1::1]",
        "1:2:3:4:5:6:7:8, [1:2:3:4:5:6:7:8]",
        "1:2:3:4:5:6:0:0, [1:2:3:4:5:6::]",
        "FFFF:0db8::a, [ffff:db8::a]"
    })
    void writesThemShort(String text, String expected) throws UnknownHostException {
        assertThat(IpText.of(InetAddress.getByName(text).getAddress())).isEqualTo(expected);
    }
}
