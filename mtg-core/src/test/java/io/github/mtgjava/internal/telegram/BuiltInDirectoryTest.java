package io.github.mtgjava.internal.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import io.github.mtgjava.PreferIp;
import io.github.mtgjava.spi.TelegramDirectory;
import io.github.mtgjava.testkit.Vectors;
import io.github.mtgjava.transport.obfuscated2.DcId;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuiltInDirectoryTest {

    private static final TelegramDirectory DIRECTORY = TelegramDirectory.builtIn();
    private static final InetSocketAddress ELSEWHERE = new InetSocketAddress("192.0.2.1", 80);

    @TestFactory
    Stream<DynamicTest> sendsEveryDcIdWhereTheVectorsSay() {
        return Vectors.each(Vectors.client("dc_mapping"), "dc", vector -> {
            DcId dc = new DcId(vector.get("dc").getAsInt());
            List<String> expected = vector.getAsJsonArray("recommended_v4").asList().stream()
                    .map(JsonElement::getAsString)
                    .toList();
            List<InetSocketAddress> known = DIRECTORY.addresses(dc.number());
            assertThat(AddressOrder.of(known, PreferIp.ONLY_IPV4))
                    .extracting(address -> address.getAddress().getHostAddress() + ":" + address.getPort())
                    .isEqualTo(expected);
            if (Vectors.isPresent(vector, "recommended_dc")) {
                assertThat(dc.number()).isEqualTo(vector.get("recommended_dc").getAsInt());
            } else {
                assertThat(known).isEmpty();
            }
        });
    }

    @ParameterizedTest
    @CsvSource({
        "1, 2001:b28:f23d:f001::a",
        "2, 2001:67c:4e8:f002::a",
        "3, 2001:b28:f23d:f003::a",
        "4, 2001:67c:4e8:f004::a",
        "5, 2001:b28:f23f:f005::a",
        "203, 2a0a:f280:203:a:5000::100",
        "10001, 2001:b28:f23d:f001::e",
        "10002, 2001:67c:4e8:f002::e",
        "10003, 2001:b28:f23d:f003::e"
    })
    void knowsTheIpv6AddressOfEveryDc(int dc, String address) throws UnknownHostException {
        assertThat(AddressOrder.of(DIRECTORY.addresses(dc), PreferIp.ONLY_IPV6))
                .containsExactly(new InetSocketAddress(InetAddress.getByName(address), 443));
    }

    @Test
    void answersForAnOverriddenDcWithItsAddressesOnly() {
        Map<Integer, List<InetSocketAddress>> overrides = new HashMap<>(Map.of(2, List.of(ELSEWHERE), 3, List.of()));
        TelegramDirectory overridden = DIRECTORY.withOverrides(overrides);
        overrides.clear();
        assertThat(overridden.addresses(2)).containsExactly(ELSEWHERE);
        assertThat(overridden.addresses(3)).isEmpty();
        assertThat(overridden.addresses(1)).isEqualTo(DIRECTORY.addresses(1));
        assertThat(overridden.addresses(6)).isEmpty();
        assertThat(DIRECTORY.addresses(2)).doesNotContain(ELSEWHERE);
    }

    @Test
    void answersForAnUnknownDcWithTheFallback() {
        TelegramDirectory forgiving = DIRECTORY.withFallback(2);
        assertThat(forgiving.addresses(6)).isEqualTo(DIRECTORY.addresses(2));
        assertThat(forgiving.addresses(4)).isEqualTo(DIRECTORY.addresses(4));
        assertThat(DIRECTORY.withFallback(77).addresses(6)).isEmpty();
    }

    @Test
    void combinesOverridesAndFallback() {
        TelegramDirectory both =
                DIRECTORY.withOverrides(Map.of(2, List.of(ELSEWHERE))).withFallback(2);
        assertThat(both.addresses(6)).containsExactly(ELSEWHERE);
        assertThat(both.addresses(5)).isEqualTo(DIRECTORY.addresses(5));
    }
}
