package io.github.mtgjava.internal.fetch;

import io.github.mtgjava.crypto.RandomSource;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Keeps many proxies from asking a site at the same moments. Thread-safe. */
public final class Jitter {

    private static final double SHARE = 0.1;

    private final RandomSource random;

    /** With this randomness. */
    public Jitter(RandomSource random) {
        this.random = random;
    }

    /** That time, up to a tenth of it more or less. */
    public Duration around(Duration time) {
        int draw = ByteBuffer.wrap(random.bytes(Integer.BYTES)).getInt();
        double share = SHARE * draw / Integer.MIN_VALUE;
        return Duration.ofNanos((long) (time.toNanos() * (1 + share)));
    }
}
