package io.github.mtgjava.cli.doctor;

import java.time.Duration;

/** How durations are written for people. */
final class Times {

    private Times() {}

    /** Whole milliseconds, or seconds if there are no odd milliseconds or too many seconds for them to matter. */
    static String text(Duration time) {
        long millis = time.toMillis();
        return (millis != 0 && millis % 1000 == 0) || millis >= 10_000 ? millis / 1000 + " s" : millis + " ms";
    }
}
