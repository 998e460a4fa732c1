package io.github.mtgjava.internal.telegram.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class StrangerIdsTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final StrangerIds strangers = new StrangerIds();

    @Test
    void mayBeToldOnceInASecond() {
        assertThat(strangers.mayTell(7, 0)).isTrue();
        assertThat(strangers.mayTell(7, SECOND - 1)).isFalse();
        assertThat(strangers.mayTell(8, SECOND - 1)).isTrue();
        assertThat(strangers.mayTell(7, SECOND)).isTrue();
        strangers.told(9, SECOND);
        assertThat(strangers.mayTell(9, SECOND + 1)).isFalse();
    }

    @Test
    void remembersTheLatestFewHundredOnly() {
        for (long id = 0; id < 100_000; id++) {
            assertThat(strangers.mayTell(id, 0)).isTrue();
        }
        assertThat(strangers.mayTell(99_999, 0)).isFalse();
        assertThat(strangers.mayTell(99_900, 0)).isFalse();
        assertThat(strangers.mayTell(0, 0)).isTrue();
    }
}
