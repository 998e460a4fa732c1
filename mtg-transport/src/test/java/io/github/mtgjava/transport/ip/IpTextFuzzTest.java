package io.github.mtgjava.transport.ip;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.mtgjava.testkit.Seeds;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IpTextFuzzTest {

    static Stream<Arguments> seeds() {
        return Seeds.text(
                "192.0.2.1",
                "255.255.255.255",
                "::",
                "::1",
                "1::",
                "2001:db8::8:800:200c:417a",
                "::ffff:192.0.2.1",
                "1:2:3:4:5:6:7:8",
                "64:ff9b::192.0.2.33");
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsWhatItWritesAndNothingThatTheJdkReadsOtherwise(byte[] bytes) throws UnknownHostException {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        byte[] ipv4 = IpText.ipv4(text);
        if (ipv4 != null) {
            assertThat(ipv4).hasSize(4);
            assertThat(IpText.ipv4(IpText.of(ipv4))).isEqualTo(ipv4);
        }
        byte[] ipv6 = IpText.ipv6(text);
        if (ipv6 != null) {
            assertThat(ipv6).hasSize(16);
            String written = IpText.of(ipv6);
            assertThat(written).matches("\\[[0-9a-f:]{2,39}]");
            assertThat(IpText.ipv6(written.substring(1, written.length() - 1))).isEqualTo(ipv6);
            // With a colon it is never looked up. The JDK makes an IPv4 address of a mapped one.
            assertThat(ipv6).endsWith(InetAddress.getByName(text).getAddress());
        }
    }
}
