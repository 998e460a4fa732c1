package io.github.mtgjava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdTagTest {

    private static final String HEX = "dcbe8f1493fa4cd9ab300891c0b5b326";

    @Test
    void readsHexInAnyCase() {
        AdTag tag = AdTag.parse(" DCBE8f1493fa4cd9ab300891c0b5b326\n");
        assertThat(tag.hex()).isEqualTo(HEX);
        assertThat(tag.bytes()).hasSize(AdTag.BYTES).startsWith(0xdc, 0xbe);
        assertThat(tag).isEqualTo(AdTag.parse(HEX)).hasSameHashCodeAs(AdTag.parse(HEX));
        assertThat(tag).isNotEqualTo(AdTag.parse("0".repeat(32))).isNotEqualTo(HEX);
    }

    @Test
    void handsOutCopies() {
        AdTag tag = AdTag.parse(HEX);
        tag.bytes()[0] = 0;
        assertThat(tag.hex()).isEqualTo(HEX);
    }

    @Test
    void isNotShown() {
        assertThat(AdTag.parse(HEX).toString()).contains("redacted").doesNotContain(HEX.substring(0, 4));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "dcbe8f1493fa4cd9ab300891c0b5b32",
                "dcbe8f1493fa4cd9ab300891c0b5b3266",
                "dcbe8f1493fa4cd9ab300891c0b5b32g",
                "dddcbe8f1493fa4cd9ab300891c0b5b326",
                "dcbe8f1493fa4cd9 b300891c0b5b326"
            })
    void refusesEverythingElseWithoutShowingIt(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AdTag.parse(text))
                .withMessageContaining("32 hex digits")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("8f1493"));
    }

    @Test
    void refusesNull() {
        assertThatNullPointerException().isThrownBy(() -> AdTag.parse(null));
    }
}
