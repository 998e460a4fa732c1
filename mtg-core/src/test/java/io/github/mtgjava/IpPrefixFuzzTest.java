package io.github.mtgjava;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.mtgjava.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class IpPrefixFuzzTest {

    static Stream<Arguments> seeds() {
        return Seeds.text(
                "10.0.0.0/8", "192.0.2.7", "2001:db8::/32", "::1", "::ffff:192.0.2.1/120", "0.0.0.0/0", "fe80::1%lo");
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsWhatItWritesAndContainsItsFirstAddress(byte[] bytes) {
        IpPrefix prefix;
        try {
            prefix = IpPrefix.parse(new String(bytes, StandardCharsets.ISO_8859_1));
        } catch (IllegalArgumentException refusal) {
            return;
        }
        assertThat(prefix.contains(prefix.address())).isTrue();
        assertThat(prefix.length()).isBetween(0, Byte.SIZE * prefix.address().getAddress().length);
        assertThat(IpPrefix.parse(prefix.toString())).isEqualTo(prefix);
    }
}
