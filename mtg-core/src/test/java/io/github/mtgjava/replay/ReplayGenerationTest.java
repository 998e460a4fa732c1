package io.github.mtgjava.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayGenerationTest {

    private static final int MAX_BYTES = 64 << 10;

    @Test
    void containsWhatWasAddedThroughEveryGrowth() {
        ReplayGeneration generation = new ReplayGeneration(MAX_BYTES);
        Random random = new Random(1);
        long[] added = new long[2 * MAX_BYTES / 16];
        int count = 0;
        while (!generation.isFull()) {
            long high = random.nextLong();
            long low = random.nextLong();
            assertThat(generation.contains(high, low)).isFalse();
            generation.add(high, low);
            added[count++] = high;
            added[count++] = low;
            for (int i = 0; i < count; i += 2 * (1 + count / 64)) {
                assertThat(generation.contains(added[i], added[i + 1])).isTrue();
            }
        }
        for (int i = 0; i < count; i += 2) {
            assertThat(generation.contains(added[i], added[i + 1])).isTrue();
            assertThat(generation.contains(added[i], ~added[i + 1])).isFalse();
            assertThat(generation.contains(~added[i], added[i + 1])).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"1024, 1024, 48", "1040, 1024, 48", "2047, 1024, 48", "2048, 2048, 96", "65536, 65536, 3072"})
    void isFullAtThreeQuartersOfThePowerOfTwoThatFits(int maxBytes, int bytes, int keys) {
        ReplayGeneration generation = new ReplayGeneration(maxBytes);
        for (int key = 1; key <= keys; key++) {
            assertThat(generation.isFull()).isFalse();
            generation.add(key, key);
            assertThat(generation.bytes()).isLessThanOrEqualTo(maxBytes);
        }
        assertThat(generation.isFull()).isTrue();
        assertThat(generation.bytes()).isEqualTo(bytes);
    }

    /** All want the last place of the table: the search has to go on at its beginning. */
    @Test
    void findsItsWayAroundTheEndOfTheTable() {
        ReplayGeneration generation = new ReplayGeneration(1024);
        for (long low = 1; low <= 48; low++) {
            generation.add(-1L, low);
        }
        for (long low = 1; low <= 48; low++) {
            assertThat(generation.contains(-1L, low)).isTrue();
        }
        assertThat(generation.contains(-1L, 49)).isFalse();
        assertThat(generation.contains(0, 1)).isFalse();
    }

    @Test
    void tellsFingerprintsApartThatShareAHalf() {
        ReplayGeneration generation = new ReplayGeneration(1024);
        generation.add(0, 5);
        generation.add(5, 0);
        assertThat(generation.contains(0, 5)).isTrue();
        assertThat(generation.contains(5, 0)).isTrue();
        assertThat(generation.contains(5, 5)).isFalse();
        assertThat(generation.contains(0, 0)).isFalse();
    }

    @Test
    void startsSmall() {
        assertThat(new ReplayGeneration(ReplayGeneration.MAX_BYTES).bytes()).isEqualTo(1024);
    }
}
