package io.github.mtgjava.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BufferPoolTest {

    private final BufferPool pool = new BufferPool(BufferBudget.unlimited());
    private final Set<ByteBuffer> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private void swell(int chunks) {
        List<ByteBuffer> taken = new ArrayList<>();
        for (int i = 0; i < chunks; i++) {
            ByteBuffer chunk = pool.acquire();
            assertThat(chunk.remaining()).isEqualTo(BufferPool.CHUNK_BYTES);
            seen.add(chunk);
            taken.add(chunk);
        }
        taken.forEach(pool::release);
        assertThat(pool.bytesInUse()).isZero();
    }

    @Test
    void aLoadThatComesAndGoesTakesItsMemoryOnce() {
        for (int i = 0; i < 50; i++) {
            swell(1000);
        }
        assertThat(seen).hasSize(1000);
    }

    @Test
    void whatIsNotNeededAnyMoreIsLeftToTheGarbageCollectorByAndBy() {
        swell(1000);
        assertThat(pool.idle()).isEqualTo(1000);
        for (int i = 0; i < 5000; i++) {
            swell(10);
        }
        assertThat(pool.idle()).isEqualTo(64);
    }
}
