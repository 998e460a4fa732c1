package io.github.mtgjava.examples.load;

import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Tells people how far a run is: on a terminal in one line that is written anew twice a second, elsewhere in a line every
 * five seconds. Confined to the clients' loop.
 */
final class Progress {

    private static final Duration ON_TERMINALS = Duration.ofMillis(500);
    private static final Duration ELSEWHERE = Duration.ofSeconds(5);
    private static final String ERASE = "\r\u001b[K";
    private static final double NANOS = 1e9;
    private static final double MEGA = 1e6;

    private final LongSupplier time;
    private final Consumer<String> out;
    private final boolean isTerminal;
    private String what = "";
    private Unit unit = Unit.MEGABYTES;
    private long goal;
    private long start;
    private long told;

    /** What is counted. */
    enum Unit {
        /** Told are bytes. */
        MEGABYTES,
        /** Round trips. */
        MESSAGES,
        /** Clients that the proxy has let in. */
        HANDSHAKES,
        /** Clients that are connected. */
        CONNECTIONS
    }

    /**
     * Tells it to somebody.
     *
     * @param time {@link System#nanoTime}, or a clock that is set by hand
     * @param out takes text as it is to be written, line ends included
     * @param isTerminal whether a line may be written anew
     */
    Progress(LongSupplier time, Consumer<String> out, boolean isTerminal) {
        this.time = time;
        this.out = out;
        this.isTerminal = isTerminal;
    }

    /** On standard error; {@code mtg-examples/example} knows whether that is a terminal. */
    static Progress onStandardError() {
        return new Progress(System::nanoTime, System.err::print, Boolean.getBoolean("mtg.terminal"));
    }

    /** Tells nobody. */
    static Progress none() {
        return new Progress(System::nanoTime, text -> {}, false);
    }

    /**
     * Something begins.
     *
     * @param amount how much there is to do, 0 if nobody knows
     */
    void begin(String newWhat, Unit newUnit, long amount) {
        what = newWhat;
        unit = newUnit;
        goal = amount;
        start = time.getAsLong();
        told = start;
    }

    /** So much is done, and so many clients have failed. Says so now and then. */
    void at(long done, long errors) {
        long now = time.getAsLong();
        if (now - told < (isTerminal ? ON_TERMINALS : ELSEWHERE).toNanos()) {
            return;
        }
        told = now;
        String line = line(done, errors, (now - start) / NANOS);
        out.accept(isTerminal ? ERASE + line : line + System.lineSeparator());
    }

    /** Leaves an empty line to a terminal. */
    void end() {
        if (isTerminal) {
            out.accept(ERASE);
        }
    }

    private String line(long done, long errors, double seconds) {
        String rate = unit == Unit.CONNECTIONS ? "" : String.format(Locale.ROOT, ", %.0f/s", scaled(done) / seconds);
        return String.format(
                Locale.ROOT,
                "%s: %.0f%s %s%s, %.0f s, %d errors",
                what,
                scaled(done),
                goal > 0 ? String.format(Locale.ROOT, " of %.0f", scaled(goal)) : "",
                unit == Unit.MEGABYTES ? "MB" : unit.name().toLowerCase(Locale.ROOT),
                rate,
                seconds,
                errors);
    }

    private double scaled(long amount) {
        return unit == Unit.MEGABYTES ? amount / MEGA : amount;
    }
}
