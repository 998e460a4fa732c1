package io.github.mtgjava;

import java.time.Duration;
import java.util.Objects;

/** Checks what options are set to; the exceptions name the option. */
final class Ranges {

    private Ranges() {}

    static int inRange(String option, int value, int lowest, int highest) {
        if (value < lowest || value > highest) {
            throw new IllegalArgumentException(option + ": " + value + " is not between " + lowest + " and " + highest);
        }
        return value;
    }

    static Duration inRange(String option, Duration value, Duration lowest, Duration highest) {
        Objects.requireNonNull(value, option);
        if (value.compareTo(lowest) < 0 || value.compareTo(highest) > 0) {
            throw new IllegalArgumentException(option + ": " + value + " is not between " + lowest + " and " + highest);
        }
        return value;
    }
}
