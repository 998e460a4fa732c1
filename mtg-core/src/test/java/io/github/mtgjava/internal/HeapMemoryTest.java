package io.github.mtgjava.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapMemoryTest {

    @Test
    void halfOfItIsForConnections() {
        assertThat(HeapMemory.maxConnections(384L << 20)).isEqualTo(24_576);
        assertThat(HeapMemory.maxConnections(64L << 20)).isEqualTo(4_096);
    }

    @Test
    void isNeverNobodyNorTooMany() {
        assertThat(HeapMemory.maxConnections(1 << 10)).isEqualTo(16);
        assertThat(HeapMemory.maxConnections(Long.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
        assertThat(HeapMemory.maxConnections()).isPositive();
    }
}
