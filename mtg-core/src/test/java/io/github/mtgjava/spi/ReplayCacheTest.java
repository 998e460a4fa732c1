package io.github.mtgjava.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ReplayCacheTest {

    @Test
    void remembersInMemory() {
        ReplayCache cache = ReplayCache.inMemory(1 << 20);
        assertThat(cache.claim(new byte[17])).isCompletedWithValue(true);
        assertThat(cache.claim(new byte[17])).isCompletedWithValue(false);
    }

    @Test
    void refusesTooLittleMemory() {
        assertThatIllegalArgumentException().isThrownBy(() -> ReplayCache.inMemory((1 << 20) - 1));
    }

    @Test
    void remembersNothingIfDisabled() {
        ReplayCache cache = ReplayCache.disabled();
        assertThat(cache.claim(new byte[17])).isCompletedWithValue(true);
        assertThat(cache.claim(new byte[17])).isCompletedWithValue(true);
    }
}
