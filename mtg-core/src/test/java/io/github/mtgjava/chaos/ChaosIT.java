package io.github.mtgjava.chaos;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Chaos for half a minute, the same one every time: see {@link ChaosSoak}. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "all of 127.0.0.0/8 has to be there")
class ChaosIT {

    private static final int CLIENTS = 300;
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final Duration LENGTH = Duration.ofSeconds(14);

    @Test
    void nobodyLosesAnythingButByAFault() throws Exception {
        long seed = Long.getLong("chaos.seed", 20_261_126);
        ChaosCase.run(new ChaosRun.Settings(CLIENTS, WARM_UP, LENGTH, seed));
    }
}
