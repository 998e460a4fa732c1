package io.github.mtgjava.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;

class ConstantTimeTest {

    private static final byte[] A = {1, 2, 3, 4, 5};
    private static final byte[] B = {9, 2, 3, 4, 8};

    @Test
    void comparesOnlyTheGivenRanges() {
        assertThat(ConstantTime.equal(A, 1, B, 1, 3)).isTrue();
        assertThat(ConstantTime.equal(A, 0, B, 0, 4)).isFalse();
        assertThat(ConstantTime.equal(A, 1, B, 1, 4)).isFalse();
        assertThat(ConstantTime.equal(A, 5, B, 0, 0)).isTrue();
    }

    @Test
    void seesEverySingleBit() {
        byte[] bytes = new byte[32];
        for (int bit = 0; bit < 256; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(ConstantTime.equal(bytes, 0, flipped, 0, 32)).isFalse();
        }
    }

    @Test
    void refusesRangesOutsideTheArrays() {
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> ConstantTime.equal(A, 3, B, 0, 3));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> ConstantTime.equal(A, 0, B, -1, 3));
    }
}
