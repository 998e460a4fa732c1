package io.github.mtgjava.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RandomSourceTest {

    @Test
    void mapsScriptedDrawsOntoTheRange() {
        assertThat(draws(0).between(10, 12)).isEqualTo(10);
        assertThat(draws(1).between(10, 12)).isEqualTo(11);
        assertThat(draws(2).between(10, 12)).isEqualTo(12);
        assertThat(draws(3).between(10, 12)).isEqualTo(10);
    }

    @Test
    void drawsAgainInsteadOfFavouringLowValues() {
        // 2^32 - 1 is the one value that would make 0 more likely than 1 and 2.
        assertThat(draws(0xffff_ffff, 1).between(0, 2)).isEqualTo(1);
        assertThat(draws(0xffff_fffe).between(0, 2)).isEqualTo(2);
    }

    @Test
    void reachesBothEndsOfTheWidestRange() {
        assertThat(draws(0).between(Integer.MIN_VALUE, Integer.MAX_VALUE)).isEqualTo(Integer.MIN_VALUE);
        assertThat(draws(0xffff_ffff).between(Integer.MIN_VALUE, Integer.MAX_VALUE))
                .isEqualTo(Integer.MAX_VALUE);
        assertThat(draws(17).between(-5, -5)).isEqualTo(-5);
    }

    @Test
    void spreadsDrawsEvenly() {
        Random random = new Random(7);
        RandomSource source = random::nextBytes;
        int[] seen = new int[6];
        for (int draw = 0; draw < 60_000; draw++) {
            seen[source.between(-2, 3) + 2]++;
        }
        assertThat(Arrays.stream(seen).boxed())
                .allSatisfy(count -> assertThat(count).isBetween(9_500, 10_500));
    }

    @Test
    void refusesAnEmptyRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> draws().between(1, 0));
    }

    @Test
    void drawsAsManyBytesAsAsked() {
        assertThat(draws(0x01020304).bytes(4)).containsExactly(1, 2, 3, 4);
        assertThat(RandomSource.secure().bytes(0)).isEmpty();
        assertThat(RandomSource.secure().bytes(32)).isNotEqualTo(new byte[32]);
    }

    private static RandomSource draws(int... values) {
        ByteBuffer script = ByteBuffer.allocate(values.length * Integer.BYTES);
        for (int value : values) {
            script.putInt(value);
        }
        script.flip();
        return script::get;
    }
}
