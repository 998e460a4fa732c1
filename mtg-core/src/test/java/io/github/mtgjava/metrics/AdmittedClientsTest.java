package io.github.mtgjava.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AdmittedClientsTest {

    private final AdmittedClients admitted = new AdmittedClients();

    @Test
    void knowsWhoHasASessionUntilItEnds() {
        admitted.add(7);
        assertThat(admitted.remove(8)).isFalse();
        assertThat(admitted.remove(7)).isTrue();
        assertThat(admitted.remove(7)).isFalse();
    }

    @Test
    void doesNotGrowIfEndsAreNotTold() {
        admitted.watch(() -> 10);
        LongStream.range(0, 3L * AdmittedClients.CHECKED_FROM).forEach(admitted::add);
        assertThat(admitted.size()).isLessThan(AdmittedClients.CHECKED_FROM);
    }

    @Test
    void forgetsNobodyWhileAsManyAreOpen() {
        int many = 3 * AdmittedClients.CHECKED_FROM;
        admitted.watch(() -> many);
        LongStream.range(0, many).forEach(admitted::add);
        assertThat(admitted.size()).isEqualTo(many);
    }
}
