package io.github.mtgjava;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PreferIpTest {

    @ParameterizedTest
    @CsvSource({"PREFER_IPV4,IPv4 IPv6", "PREFER_IPV6,IPv4 IPv6", "ONLY_IPV4,IPv4", "ONLY_IPV6,IPv6"})
    void onlyOneFamilyIsAllowedWhereThatIsAsked(PreferIp preferIp, String allowed) {
        assertThat(Arrays.stream(IpFamily.values()).filter(preferIp::allows))
                .extracting(IpFamily::toString)
                .containsExactly(allowed.split(" "));
    }
}
