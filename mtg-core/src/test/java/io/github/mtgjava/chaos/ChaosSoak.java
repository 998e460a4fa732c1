package io.github.mtgjava.chaos;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * Two thousand clients that do all that clients do, and some things that they should not, while Telegram and the cloaked site
 * refuse, reset, stall and return, descriptors run out and the clock jumps. At the end every byte is accounted for. Run by
 * {@code mvn -Psoak}, with {@code -Dsoak.seconds} for another time than five minutes and {@code -Dchaos.seed} to have the same
 * decisions again.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "all of 127.0.0.0/8 has to be there")
class ChaosSoak {

    private static final int CLIENTS = 2_000;
    private static final int MOST_WARM_UP = 120;

    @Test
    void nobodyLosesAnythingButByAFault() throws Exception {
        int seconds = Integer.getInteger("soak.seconds", 300);
        Duration warmUp = Duration.ofSeconds(Math.min(MOST_WARM_UP, seconds / 4));
        long seed = Long.getLong("chaos.seed", new Random().nextInt());
        ChaosCase.run(new ChaosRun.Settings(CLIENTS, warmUp, Duration.ofSeconds(seconds), seed));
    }
}
