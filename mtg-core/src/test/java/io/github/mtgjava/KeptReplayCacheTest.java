package io.github.mtgjava;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class KeptReplayCacheTest {

    private static final long MIB = 1 << 20;

    @TempDir
    private Path home;

    private boolean claim(byte[] key) throws Exception {
        try (KeptReplayCache cache = KeptReplayCache.open(home.resolve("a").resolve("b"), MIB)) {
            boolean fresh = cache.claim(key).toCompletableFuture().get(20, TimeUnit.SECONDS);
            assertThat(cache.bytes()).isBetween(1L, MIB);
            return fresh;
        }
    }

    @Test
    void remembersFromOneToTheNext() throws Exception {
        assertThat(claim(new byte[17])).isTrue();
        assertThat(claim(new byte[17])).isFalse();
        assertThat(claim(new byte[49])).isTrue();
        assertThat(claim(new byte[49])).isFalse();
    }

    @Test
    void refusesTooLittleMemory() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeptReplayCache.open(home, MIB - 1))
                .withMessageContaining("1048576");
    }
}
