package io.github.mtgjava.internal.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.mtgjava.IpPrefix;
import io.github.mtgjava.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PrefixListFuzzTest {

    static Stream<Arguments> seeds() {
        return Seeds.text(
                """
                        # firehol_level1
                        192.0.2.0/24
                        198.51.100.7
                        203.0.113.0/25 ; SBL000001
                          2001:db8::/32   # documentation
                        192.0.2.5 - 192.0.2.9
                        """, "\u00ef\u00bb\u00bf::ffff:192.0.2.1/120\r\n::-ffff::\n", "0.0.0.0/0\n255.255.255.255\n::/0", """
                        <!doctype html>
                        <p>Not found
                        """);
    }

    @MethodSource("seeds")
    @FuzzTest
    void comesToTheSameInAnyOrder(byte[] text) {
        PrefixList list = PrefixList.parse(text);
        List<String> lines = new ArrayList<>(
                new String(text, StandardCharsets.ISO_8859_1).lines().toList());
        assertThat(list.entries() + list.skippedLines()).isLessThanOrEqualTo(lines.size());
        assertThat(list.prefixes().ranges()).isLessThanOrEqualTo(list.entries());
        assertThat(list.fault() == null).isEqualTo(list.entries() > 0);
        lines.forEach(PrefixListFuzzTest::checkPrefix);
        if (!lines.isEmpty() && !lines.get(0).startsWith("\u00ef")) {
            Collections.reverse(lines);
            String reversed = String.join("\n", lines);
            assertThat(PrefixList.parse(reversed)).isEqualTo(list);
            assertThat(PrefixList.parse(reversed + "\n" + reversed).prefixes()).isEqualTo(list.prefixes());
        }
        assertThat(list.prefixes().without(list.prefixes()).ranges()).isZero();
    }

    /** What is one prefix to the operator is one here. */
    private static void checkPrefix(String line) {
        IpPrefix prefix;
        try {
            prefix = IpPrefix.parse(line);
        } catch (IllegalArgumentException none) {
            return;
        }
        PrefixList list = PrefixList.parse(line);
        assertThat(list.entries()).isEqualTo(1);
        assertThat(list.skippedLines()).isZero();
        assertThat(list.prefixes().contains(prefix.address())).isTrue();
        assertThat(PrefixList.parse(prefix.toString())).isEqualTo(list);
    }
}
