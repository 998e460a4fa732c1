package io.github.mtgjava.internal.telegram.dial;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureMemoryTest {

    /** Where a careless comparison of two times would fail. */
    private static final long START = Long.MAX_VALUE - 1_000;

    private static final long MEMORY = FailureMemory.MEMORY.toNanos();

    private final FailureMemory<String> memory = new FailureMemory<>();

    @Test
    void remembersForAWhile() {
        assertThat(memory.hasFailed("a", START)).isFalse();
        memory.failed("a", START);
        assertThat(memory.hasFailed("a", START)).isTrue();
        assertThat(memory.hasFailed("a", START + MEMORY)).isTrue();
        assertThat(memory.hasFailed("a", START + MEMORY + 1)).isFalse();
        assertThat(memory.hasFailed("b", START)).isFalse();
    }

    @Test
    void aNewFailureCountsFromNow() {
        memory.failed("a", START);
        memory.failed("a", START + MEMORY);
        assertThat(memory.hasFailed("a", START + 2 * MEMORY)).isTrue();
    }

    @Test
    void successClearsIt() {
        memory.failed("a", START);
        memory.succeeded("a");
        assertThat(memory.hasFailed("a", START)).isFalse();
    }

    @Test
    void saysWhetherItIsNews() {
        assertThat(memory.failed("a", START)).isTrue();
        assertThat(memory.failed("a", START + 1)).isFalse();
        assertThat(memory.failed("a", START + 1 + MEMORY + 1)).isTrue();
        memory.succeeded("a");
        assertThat(memory.failed("a", START + 1 + MEMORY + 2)).isTrue();
    }
}
