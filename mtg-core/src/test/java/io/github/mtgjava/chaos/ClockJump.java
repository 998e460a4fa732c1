package io.github.mtgjava.chaos;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A time of day that jumps forth, the next time back, and every time to where it was. */
final class ClockJump implements Trouble, InstantSource {

    private static final Duration FAR = Duration.ofHours(1);

    private volatile Duration offset = Duration.ZERO;
    private boolean back;

    @Override
    public void begin() {
        offset = back ? FAR.negated() : FAR;
        back = !back;
    }

    @Override
    public void end() {
        offset = Duration.ZERO;
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(offset);
    }
}
