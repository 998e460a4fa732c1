package io.github.mtgjava.internal.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixListTest {

    @Test
    void readsAListAsItIsPublished() throws Exception {
        PrefixList list = PrefixList.parse("""
                #
                # firehol_level1
                # Maintainer: FireHOL

                192.0.2.0/24
                198.51.100.7
                203.0.113.0/25 ; SBL000001
                  2001:db8::/32   # documentation
                192.0.2.5 - 192.0.2.9
                ; the end
                """.getBytes(StandardCharsets.UTF_8));
        assertThat(list.entries()).isEqualTo(5);
        assertThat(list.skippedLines()).isZero();
        assertThat(list.fault()).isNull();
        assertThat(list.prefixes().ranges()).isEqualTo(4);
        assertThat(list.prefixes().contains(InetAddress.getByName("203.0.113.127")))
                .isTrue();
        assertThat(list.prefixes().contains(InetAddress.getByName("203.0.113.128")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r"})
    void takesAnyLineEnds(String end) {
        assertThat(PrefixList.parse("192.0.2.1" + end + end + "192.0.2.7").entries())
                .isEqualTo(2);
    }

    @Test
    void takesAByteOrderMark() {
        PrefixList list = PrefixList.parse("\ufeff192.0.2.1\n".getBytes(StandardCharsets.UTF_8));
        assertThat(list.entries()).isEqualTo(1);
        assertThat(list.skippedLines()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com",
                "localhost",
                "192.0.2",
                "192.0.2.256",
                "192.0.2.010",
                "192.0.2.1/33",
                "192.0.2.1/-1",
                "192.0.2.1/",
                "192.0.2.1/a",
                "192.0.2.1/+8",
                "192.0.2.1/0032",
                "192.0.2.1/24/24",
                "/24",
                "-",
                "192.0.2.1-",
                "-192.0.2.1",
                "192.0.2.9-192.0.2.1",
                "192.0.2.1-2001:db8::1",
                "192.0.2.1-192.0.2.2-192.0.2.3",
                "192.0.2.1 192.0.2.2",
                "2001:db8::1/129",
                "2001:db8:::1",
                "2001:db8::g",
                "::1::",
                "fe80::1%lo",
                "[::1]",
                ":",
                "1:2:3:4:5:6:7:8:9",
                "::ffff:192.0.2.1/64",
                "<html>",
                "\u0661\u0669\u0662.0.2.1",
                "0x7f000001",
                "3221225985"
            })
    void skipsAndCountsWhatItDoesNotUnderstand(String line) {
        PrefixList list = PrefixList.parse(line + "\n192.0.2.1\n");
        assertThat(list.skippedLines()).isEqualTo(1);
        assertThat(list.entries()).isEqualTo(1);
        assertThat(list.prefixes().ranges()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "# nothing\n", "; nothing", "<!doctype html>\n<p>Not found\n"})
    void findsFaultWithAListOfNothing(String text) {
        assertThat(PrefixList.parse(text).fault()).contains("no line with an address");
    }

    @Test
    void findsFaultWithMoreThanAnyListHas() {
        String text = "::1\n".repeat(PrefixList.MAX_ENTRIES);
        assertThat(PrefixList.parse(text).fault()).isNull();
        PrefixList longer = PrefixList.parse(text + "::1\n".repeat(1000));
        assertThat(longer.fault()).contains("more than 1000000 entries");
        assertThat(longer.entries()).as("it stops reading").isEqualTo(PrefixList.MAX_ENTRIES + 1);
    }

    @Test
    void neverThrowsWhateverItReads() {
        String alphabet = "0123456789abcdef.:/-#; \n\r\tx\u00ef";
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(200); i > 0; i--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            PrefixList list = PrefixList.parse(text.toString().getBytes(StandardCharsets.ISO_8859_1));
            long lines = text.toString().lines().count();
            assertThat((long) list.entries() + list.skippedLines()).isBetween(0L, lines);
        }
    }
}
