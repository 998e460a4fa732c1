package io.github.mtgjava.cli;

import java.util.Locale;

/** How constants and numbers are written in logs. */
final class Words {

    private static final long NANOS_PER_MILLI = 1_000_000;

    private Words() {}

    /** A constant in lower case, as in {@code client_closed}. */
    static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    /** A connection's id in hex. */
    static String id(long connection) {
        return Long.toHexString(connection);
    }

    /** Whole milliseconds. */
    static long millis(long nanos) {
        return nanos / NANOS_PER_MILLI;
    }
}
