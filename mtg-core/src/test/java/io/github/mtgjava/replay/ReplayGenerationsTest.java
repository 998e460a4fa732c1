package io.github.mtgjava.replay;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the disk relies on; what claims rely on is in {@link InMemoryReplayCacheTest}. */
class ReplayGenerationsTest {

    private static final long MIB = 1 << 20;
    private static final int GENERATION_KEYS = 1536;
    private static final int CAPACITY = 32 * GENERATION_KEYS;

    private static ReplayGenerations with(long from, int count) {
        ReplayGenerations generations = new ReplayGenerations(MIB);
        for (long key = from; key < from + count; key++) {
            generations.add(key, key);
        }
        assertThat(generations.added()).isEqualTo(count);
        return generations;
    }

    @Test
    void saysHowManyItHolds() {
        assertThat(ReplayGenerations.generationKeys(MIB)).isEqualTo(GENERATION_KEYS);
        assertThat(ReplayGenerations.generationKeys(Long.MAX_VALUE)).isEqualTo(3 << 23);
    }

    @Test
    void countsWhatWasAddedAndWhatIsForgotten() {
        ReplayGenerations generations = with(1, CAPACITY);
        assertThat(generations.add(7, 7)).isFalse();
        assertThat(generations.added()).isEqualTo(CAPACITY);
        assertThat(generations.forgotten()).isZero();
        assertThat(generations.add(-1, -1)).isTrue();
        assertThat(generations.added()).isEqualTo(CAPACITY + 1);
        assertThat(generations.forgotten()).isEqualTo(GENERATION_KEYS);
    }

    @Test
    void restoresLikeItAdds() {
        ReplayGenerations generations = new ReplayGenerations(MIB);
        for (long key = 1; key <= 5000; key++) {
            generations.restore(key, key);
        }
        assertThat(generations.bytes()).isEqualTo(with(1, 5000).bytes());
        assertThat(generations.add(4999, 4999)).isFalse();
        assertThat(generations.add(5001, 5001)).isTrue();
    }

    /** The newest of the older ones stay, as far as there is room. */
    @ParameterizedTest
    @CsvSource({"10, 100, 0", "1, 49152, 1536", "1537, 49152, 3072", "49152, 1, 1", "60000, 3000, 15288"})
    void takesOlderOnesBehindItsOwn(int own, int olderOnes, int forgotten) {
        ReplayGenerations generations = with(1_000_000, own);
        ReplayGenerations older = with(1, olderOnes);
        generations.addOlder(older);
        assertThat(generations.added()).isEqualTo(own + olderOnes);
        assertThat(generations.forgotten()).isEqualTo(forgotten);
        assertThat(generations.bytes()).isLessThanOrEqualTo(MIB);
        assertThat(generations.add(1_000_000 + own - 1, 1_000_000 + own - 1)).isFalse();
        if (forgotten < olderOnes) {
            assertThat(generations.add(olderOnes, olderOnes)).isFalse();
            assertThat(generations.add(forgotten + 1, forgotten + 1)).isFalse();
        }
        if (forgotten > 0) {
            assertThat(generations.add(1, 1)).isTrue();
        }
    }

    @Test
    void forgetsOlderOnesFirst() {
        ReplayGenerations generations = with(1_000_000, 1);
        generations.addOlder(with(1, 31 * GENERATION_KEYS));
        for (long key = 2_000_000; generations.forgotten() == 0; key++) {
            generations.add(key, key);
        }
        assertThat(generations.forgotten()).isEqualTo(GENERATION_KEYS);
        assertThat(generations.added()).isEqualTo(CAPACITY + 1);
        assertThat(generations.add(1_000_000, 1_000_000)).isFalse();
        assertThat(generations.add(GENERATION_KEYS + 1, GENERATION_KEYS + 1)).isFalse();
        assertThat(generations.add(1, 1)).isTrue();
    }
}
