package io.github.mtgjava.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExpandedRandomTest {

    private final List<Integer> draws = new ArrayList<>();

    /** Another seed with each draw. */
    private final RandomSource seeds = target -> {
        draws.add(target.length);
        Arrays.fill(target, (byte) draws.size());
    };

    @Test
    void isTheKeystreamOfAKeyThatWasDrawn() {
        byte[] key = new byte[32];
        byte[] iv = new byte[16];
        Arrays.fill(key, (byte) 1);
        Arrays.fill(iv, (byte) 2);
        byte[] expected = new byte[5000];
        new AesCtr(key, iv).transform(new byte[5000], 0, 5000, expected, 0);

        ExpandedRandom random = new ExpandedRandom(seeds);
        byte[] first = random.bytes(1);
        byte[] second = random.bytes(3999);
        byte[] third = random.bytes(1000);
        assertThat(first).isEqualTo(Arrays.copyOf(expected, 1));
        assertThat(second).isEqualTo(Arrays.copyOfRange(expected, 1, 4000));
        assertThat(third).isEqualTo(Arrays.copyOfRange(expected, 4000, 5000));
        assertThat(draws).containsExactly(32, 16);
    }

    @Test
    void drawsANewKeyNowAndThen() {
        ExpandedRandom random = new ExpandedRandom(seeds);
        byte[] before = random.bytes(ExpandedRandom.REKEY_BYTES - 10);
        assertThat(draws).hasSize(2);
        byte[] across = random.bytes(100);
        assertThat(draws).containsExactly(32, 16, 32, 16);
        assertThat(Arrays.copyOf(before, 90)).isNotEqualTo(Arrays.copyOfRange(across, 10, 100));
    }

    @Test
    void doesNotWriteWhereNothingIsWanted() {
        assertThat(new ExpandedRandom(seeds).bytes(0)).isEmpty();
        assertThat(new ExpandedRandom(RandomSource.secure()).bytes(32))
                .isNotEqualTo(new ExpandedRandom(RandomSource.secure()).bytes(32));
    }
}
