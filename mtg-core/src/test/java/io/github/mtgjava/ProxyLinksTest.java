package io.github.mtgjava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.gson.JsonParser;
import io.github.mtgjava.ProxyLinks.AddressLinks;
import io.github.mtgjava.ProxyLinks.Endpoint;
import io.github.mtgjava.testkit.Vectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyLinksTest {

    private static final Secret SECRET = Secret.parse("dd65847ebf5a32a5a3bd966ffafb062462");
    private static final Endpoint IPV4 = new Endpoint("203.0.113.5", 3128);
    private static final Endpoint IPV6 = new Endpoint("2001:db8::1", 443);

    @TestFactory
    Stream<DynamicTest> makesTheLinksOfTheVectors() {
        return Vectors.each(Vectors.client("urls"), "server", vector -> {
            Endpoint endpoint = new Endpoint(
                    Vectors.string(vector, "server"), vector.get("port").getAsInt());
            Secret secret = Secret.parse(Vectors.string(vector, "secret"));
            AddressLinks expected = new AddressLinks(
                    Vectors.string(vector, "tg_url"),
                    Vectors.string(vector, "tme_url"),
                    Vectors.string(vector, "tg_qrcode"),
                    Vectors.string(vector, "tme_qrcode"));
            assertThat(ProxyLinks.of(secret, endpoint, null).ipv4()).contains(expected);
            assertThat(ProxyLinks.of(secret, null, endpoint).ipv6()).contains(expected);
        });
    }

    @Test
    void printsTheJsonOfMtg() {
        assertThat(ProxyLinks.of(SECRET, IPV4, IPV6).toJson())
                .isEqualTo("{\n"
                        + block("ipv4", "3128", "203.0.113.5", "203.0.113.5")
                        + block("ipv6", "443", "2001%3Adb8%3A%3A1", "2001%253Adb8%253A%253A1")
                        + "  \"secret_for_mtproxybot\": \"65847ebf5a32a5a3bd966ffafb062462\"\n}\n");
    }

    private static String block(String family, String port, String server, String serverInQr) {
        String query = "proxy?port=" + port + "&secret=" + SECRET.hex() + "&server=" + server;
        String queryInQr = "proxy%3Fport%3D" + port + "%26secret%3D" + SECRET.hex() + "%26server%3D" + serverInQr;
        String qr = "https://api.qrserver.com/v1/create-qr-code?data=";
        return "  \"" + family + "\": {\n"
                + "    \"tg_url\": \"tg://" + query + "\",\n"
                + "    \"tme_url\": \"https://t.me/" + query + "\",\n"
                + "    \"tg_qrcode\": \"" + qr + "tg%3A%2F%2F" + queryInQr + "&format=svg&qzone=4\",\n"
                + "    \"tme_qrcode\": \"" + qr + "https%3A%2F%2Ft.me%2F" + queryInQr + "&format=svg&qzone=4\"\n"
                + "  },\n";
    }

    @Test
    void leavesOutAnUnknownFamily() {
        ProxyLinks onlyIpv4 = ProxyLinks.of(SECRET, IPV4, null);
        assertThat(onlyIpv4.ipv6()).isEmpty();
        assertThat(JsonParser.parseString(onlyIpv4.toJson()).getAsJsonObject().keySet())
                .containsExactly("ipv4", "secret_for_mtproxybot");
        ProxyLinks onlyIpv6 = ProxyLinks.of(SECRET, null, IPV6);
        assertThat(onlyIpv6.ipv4()).isEmpty();
        assertThat(JsonParser.parseString(onlyIpv6.toJson()).getAsJsonObject().keySet())
                .containsExactly("ipv6", "secret_for_mtproxybot");
        assertThat(ProxyLinks.of(SECRET, null, null).toJson())
                .isEqualTo("{\n  \"secret_for_mtproxybot\": \"65847ebf5a32a5a3bd966ffafb062462\"\n}\n");
    }

    @ParameterizedTest
    @CsvSource({"a*b~c_d-e.f,a%2Ab~c_d-e.f", "a b,a+b", "a\"\\b,a%22%5Cb", "a&b=c,a%26b%3Dc", "\u00fc,%C3%BC"})
    void escapesServersAsForms(String server, String escaped) {
        AddressLinks links =
                ProxyLinks.of(SECRET, new Endpoint(server, 1), null).ipv4().orElseThrow();
        assertThat(links.tgUrl()).endsWith("&server=" + escaped);
    }

    @Test
    void showsNothingOfTheSecret() {
        ProxyLinks links = ProxyLinks.of(SECRET, IPV4, IPV6);
        assertThat(links).hasToString("ProxyLinks[redacted]");
        assertThat(links.ipv4().orElseThrow()).hasToString("AddressLinks[redacted]");
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 65_536})
    void refusesPortsThatNoLinkCanHave(int port) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Endpoint("203.0.113.5", port))
                .withMessageContaining("port");
    }

    @Test
    void refusesAnEmptyHost() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Endpoint("", 1))
                .withMessageContaining("host");
    }
}
