package io.github.mtgjava.transport.middleproxy;

import static io.github.mtgjava.testkit.Vectors.isPresent;
import static io.github.mtgjava.testkit.Vectors.string;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.mtgjava.testkit.Vectors;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyListTest {

    @TestFactory
    Stream<DynamicTest> readsEveryVector() {
        return Vectors.each(Vectors.middle("proxy_config"), vector -> {
            ProxyList list = ProxyList.parse(string(vector, "text"));
            Map<String, JsonElement> expected = vector.getAsJsonObject("map").asMap();
            assertThat(list.dcs().stream().map(String::valueOf)).containsExactlyInAnyOrderElementsOf(expected.keySet());
            for (Map.Entry<String, JsonElement> dc : expected.entrySet()) {
                List<ProxyAddress> addresses = dc.getValue().getAsJsonArray().asList().stream()
                        .map(address -> address(address.getAsString()))
                        .toList();
                assertThat(list.addresses(Integer.parseInt(dc.getKey()))).isEqualTo(addresses);
                assertThat(list.addresses(Integer.parseInt(dc.getKey()))
                                .toString()
                                .replace(" ", ""))
                        .isEqualTo(dc.getValue().toString().replace("\"", ""));
            }
            assertThat(list.defaultDc())
                    .isEqualTo(
                            isPresent(vector, "default")
                                    ? OptionalInt.of(vector.get("default").getAsInt())
                                    : OptionalInt.empty());
            assertThat(list.isEmpty()).isEqualTo(expected.isEmpty());
            assertThat(list.skippedLines() > 0).isEqualTo(vector.has("strict_error"));
        });
    }

    /** By other means than the list's own. */
    private static ProxyAddress address(String text) {
        int colon = text.lastIndexOf(':');
        String host = text.substring(0, colon).replaceAll("[\\[\\]]", "");
        try {
            return new ProxyAddress(
                    InetAddress.getByName(host).getAddress(), Integer.parseInt(text.substring(colon + 1)));
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }

    @TestFactory
    Stream<DynamicTest> choosesTheEntryOfEveryVector() {
        return Vectors.middle("address_choice").stream()
                .map(vector -> DynamicTest.dynamicTest(vector.toString(), () -> {
                    ProxyList list = ProxyList.parse(text(vector));
                    OptionalInt expected = isPresent(vector, "use")
                            ? OptionalInt.of(vector.get("use").getAsInt())
                            : OptionalInt.empty();
                    assertThat(list.entry(vector.get("want").getAsInt())).isEqualTo(expected);
                }));
    }

    private static String text(JsonObject vector) {
        return vector.getAsJsonArray("have").asList().stream()
                        .map(dc -> "proxy_for " + dc + " 192.0.2.1:80;\n")
                        .collect(Collectors.joining())
                + "default " + vector.get("default") + ";\n";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host.test:80",
                "1.2.3:80",
                "1.2.3.4.5:80",
                "1.2.3.256:80",
                "1.2.3.-4:80",
                "01234.1.1.1:80",
                "1.2.3.4:",
                "1.2.3.4:+80",
                "[::1]",
                "::1:80",
                "[:::1]:80",
                "[1::2::3]:80",
                "[1:2:3:4:5:6:7]:80",
                "[1:2:3:4:5:6:7:8:9]:80",
                "[12345::]:80",
                "[g::]:80",
                "[::1.2.3.4.5]:80",
                "[1.2.3.4::]:80",
                "[1:1.2.3.4::1]:80",
                "[1.2.3.4]:80",
                "[]:80",
                "[1::2:3:4:5:6:7:8]:80"
            })
    void leavesOutWhatIsNoAddress(String address) {
        ProxyList list = ProxyList.parse("proxy_for 1 " + address + ";\nproxy_for 2 192.0.2.1:80;");
        assertThat(list.dcs()).containsExactly(2);
        assertThat(list.skippedLines()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::",
                "::1",
                "1::",
                "2001:db8::8:800:200c:417a",
                "::ffff:1.2.3.4",
                "1:2:3:4:5:6:7:8",
                "1:2:3:4:5:6:1.2.3.4",
                "64:ff9b::192.0.2.33"
            })
    void readsIpv6AddressesAsTheJdkDoes(String literal) throws UnknownHostException {
        byte[] expected = InetAddress.getByName(literal).getAddress();
        byte[] read = ProxyList.parse("proxy_for 1 [" + literal + "]:443;")
                .addresses(1)
                .get(0)
                .ip();
        // The JDK makes an IPv4 address of a mapped one.
        assertThat(read).endsWith(expected).hasSize(16);
    }

    @Test
    void showsAddressesAsTheListHasThem() {
        ProxyList list = ProxyList.parse("proxy_for 1 192.0.2.1:80;\nproxy_for 1 [2001:db8::1]:443;");
        assertThat(list.addresses(1)).map(ProxyAddress::toString).containsExactly("192.0.2.1:80", "[2001:db8::1]:443");
        assertThat(list.addresses(1).get(0))
                .hasSameHashCodeAs(
                        ProxyList.parse("proxy_for 9 192.0.2.1:80").addresses(9).get(0));
        assertThat(list.addresses(1).get(0))
                .isNotEqualTo(list.addresses(1).get(1))
                .isNotEqualTo("192.0.2.1:80");
    }

    @Test
    void tellsAddressesApart() {
        ProxyAddress address = new ProxyAddress(new byte[] {1, 2, 3, 4}, 80);
        ProxyAddress otherPort = new ProxyAddress(new byte[] {1, 2, 3, 4}, 81);
        ProxyAddress otherIp = new ProxyAddress(new byte[] {1, 2, 3, 5}, 80);
        assertThat(address.port()).isEqualTo(80);
        assertThat(address).isEqualTo(new ProxyAddress(new byte[] {1, 2, 3, 4}, 80));
        assertThat(address).isNotEqualTo(otherPort).isNotEqualTo(otherIp);
        assertThat(address.hashCode()).isNotEqualTo(otherPort.hashCode()).isNotEqualTo(otherIp.hashCode());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "::",
                "::1",
                "1::",
                "2001:db8::1:0:0:1",
                "1:0:0:1::1",
                "1:2:3:4:5:6:0:8",
                "2001:67c:4e8:f002::d",
                "1:2:3:4:5:6:7:8"
            })
    void shortensTheFirstLongestRunOfZeroGroups(String literal) {
        assertThat(ProxyList.parse("proxy_for 1 [" + literal + "]:443;").addresses(1))
                .map(ProxyAddress::toString)
                .containsExactly("[" + literal + "]:443");
    }

    @Test
    void commentsEndWithTheirLineOnly() {
        ProxyList list = ProxyList.parse(" # old; proxy_for 1 192.0.2.1:80; default 1;\nproxy_for 2 192.0.2.2:80;");
        assertThat(list.dcs()).containsExactly(2);
        assertThat(list.defaultDc()).isEmpty();
        assertThat(list.skippedLines()).isZero();
    }

    @Test
    void entriesAreNumbersOf16Bits() {
        ProxyList list = ProxyList.parse("proxy_for 32767 192.0.2.1:80;\nproxy_for -32768 192.0.2.1:80;\n"
                + "proxy_for 0 192.0.2.1:80;\n"
                + "proxy_for 32768 192.0.2.1:80;\nproxy_for -32769 192.0.2.1:80;");
        assertThat(list.dcs()).containsExactlyInAnyOrder(32_767, -32_768, 0);
        assertThat(list.skippedLines()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"default;", "default x;", "default 32768;", "default 2 3;"})
    void countsADefaultThatMakesNoSense(String statement) {
        ProxyList list = ProxyList.parse("default 4;\n" + statement);
        assertThat(list.defaultDc()).hasValue(4);
        assertThat(list.skippedLines()).isEqualTo(1);
    }

    @Test
    void endlessListsAreCutShort() {
        String text = IntStream.range(0, 10_000)
                .mapToObj(i -> "proxy_for 1 10.0." + i / 250 + "." + i % 250 + ":80;\n")
                .collect(Collectors.joining());
        ProxyList list = ProxyList.parse(text);
        assertThat(list.addresses(1)).hasSize(4096);
        assertThat(list.skippedLines()).isEqualTo(10_000 - 4096);
    }

    @RepeatedTest(200)
    void damagedListsNeverThrow(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        StringBuilder text =
                new StringBuilder("default 2;\nproxy_for -1 [2001:db8::1]:8888 ;\nproxy_for 2 1.2.3.4:80;\n");
        for (int i = 0; i < 10; i++) {
            text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(300));
        }
        assertThat(ProxyList.parse(text.toString()).dcs()).hasSizeLessThanOrEqualTo(20);
    }
}
