package io.github.mtgjava.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReplaysTest {

    private static final long MIB = 1 << 20;

    /** The launcher says -Xmx384m, of which a JVM counts a bit less. */
    @Test
    void remembersAsMuchByDefaultAsTheReadmeSays() {
        assertThat(Replays.defaultBytes(380 * MIB)).isEqualTo(128 * MIB);
        assertThat(Replays.defaultBytes(4096 * MIB)).isEqualTo(128 * MIB);
        assertThat(Replays.defaultBytes(64 * MIB)).isEqualTo(32 * MIB);
    }
}
