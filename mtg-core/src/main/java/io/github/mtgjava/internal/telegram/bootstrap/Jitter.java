package io.github.mtgjava.internal.telegram.bootstrap;

import io.github.mtgjava.crypto.RandomSource;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Keeps many proxies from asking Telegram's site at the same moments. Thread-safe. */
final class Jitter {

    private static final double SHARE = 0.1;

    private final RandomSource random;

    Jitter(RandomSource random) {
        this.random = random;
    }

    /** That time, up to a tenth of it more or less. */
    Duration around(Duration time) {
        int draw = ByteBuffer.wrap(random.bytes(Integer.BYTES)).getInt();
        double share = SHARE * draw / Integer.MIN_VALUE;
        return Duration.ofNanos((long) (time.toNanos() * (1 + share)));
    }
}
