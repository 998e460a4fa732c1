package io.github.mtgjava;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.mtgjava.testkit.Seeds;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AdTagFuzzTest {

    static Stream<Arguments> seeds() {
        return Seeds.text(
                "0123456789abcdef0123456789abcdef",
                " 0123456789ABCDEF0123456789ABCDEF\n",
                "0123456789abcdef0123456789abcde",
                "0123456789abcdef0123456789abcdeg");
    }

    @MethodSource("seeds")
    @FuzzTest
    void isTheHexThatItWasReadFromAndShowsNothingOfIt(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        AdTag tag;
        try {
            tag = AdTag.parse(text);
        } catch (IllegalArgumentException refusal) {
            if (text.length() >= 2 * AdTag.BYTES && text.indexOf(' ') < 0) {
                assertThat(refusal.getMessage()).doesNotContain(text);
            }
            return;
        }
        assertThat(tag.hex()).isEqualTo(text.strip().toLowerCase(Locale.ROOT));
        assertThat(AdTag.parse(tag.hex())).isEqualTo(tag);
        assertThat(tag.bytes()).hasSize(AdTag.BYTES);
        assertThat(tag.toString()).doesNotContain(tag.hex());
    }
}
