package io.github.mtgjava.transport.middleproxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.mtgjava.testkit.Seeds;
import io.github.mtgjava.testkit.Vectors;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProxyListFuzzTest {

    static Stream<Arguments> seeds() {
        return Vectors.middle("proxy_config").stream()
                .map(vector -> Vectors.string(vector, "text").getBytes(StandardCharsets.UTF_8))
                .map(Seeds::seed);
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsTheListThatItUnderstoodAgain(byte[] text) {
        ProxyList list = ProxyList.parse(new String(text, StandardCharsets.UTF_8));
        ProxyList again = ProxyList.parse(written(list));
        assertThat(again.skippedLines()).isZero();
        assertThat(again.defaultDc()).isEqualTo(list.defaultDc());
        assertThat(again.isEmpty()).isEqualTo(list.isEmpty());
        assertThat(again.dcs()).isEqualTo(list.dcs());
        for (int dc : list.dcs()) {
            assertThat(dc).isBetween((int) Short.MIN_VALUE, (int) Short.MAX_VALUE);
            assertThat(list.addresses(dc)).isNotEmpty().doesNotHaveDuplicates().isEqualTo(again.addresses(dc));
            assertThat(list.addresses(dc)).allMatch(address -> address.port() >= 1 && address.port() <= 65_535);
            list.entry(dc).ifPresent(entry -> assertThat(list.dcs()).contains(entry));
        }
        assertThat(list.dcs().stream().mapToInt(dc -> list.addresses(dc).size()).sum())
                .isLessThanOrEqualTo(4096);
    }

    private static String written(ProxyList list) {
        StringBuilder text = new StringBuilder("# written again\n");
        list.defaultDc().ifPresent(dc -> text.append("default ").append(dc).append(";\n"));
        for (int dc : list.dcs()) {
            for (ProxyAddress address : list.addresses(dc)) {
                text.append("proxy_for ").append(dc).append(' ').append(address).append(";\n");
            }
        }
        return text.toString();
    }
}
