package io.github.mtgjava;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Ipv6TextTest {

    @ParameterizedTest
    @CsvSource({
        "2001:db8:0:0:0:0:0:1, 2001:db8::1",
        "0:0:0:0:0:0:0:1, ::1",
        "0:0:0:0:0:0:0:0, ::",
        "2001:db8:0:0:0:0:0:0, 2001:db8::",
        "2001:db8:0:1:0:0:0:1, 2001:db8:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "10:200:0:0:30:40:50:60, 10:200::30:40:50:60",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
        "a00:0:0:f0:0:0:0:a, a00:0:0:f0::a"
    })
    void writesTheLongestRunOfZerosAsTwoColons(String address, String text) throws UnknownHostException {
        assertThat(Ipv6Text.of((Inet6Address) InetAddress.getByName(address))).isEqualTo(text);
    }
}
