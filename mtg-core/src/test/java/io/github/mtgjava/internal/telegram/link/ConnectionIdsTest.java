package io.github.mtgjava.internal.telegram.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mtgjava.crypto.RandomSource;
import org.junit.jupiter.api.Test;

class ConnectionIdsTest {

    @Test
    void countsAndLeavesZeroOut() {
        ConnectionIds ids = new ConnectionIds(-2);
        assertThat(ids.next()).isEqualTo(-1);
        assertThat(ids.next()).isEqualTo(1);
        assertThat(ids.next()).isEqualTo(2);
    }

    @Test
    void startsAnywhere() {
        assertThat(new ConnectionIds(RandomSource.secure()).next())
                .isNotEqualTo(new ConnectionIds(RandomSource.secure()).next());
    }
}
