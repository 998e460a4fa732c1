package io.github.mtgjava.examples.load;

import io.github.mtgjava.Secret;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a run is to do.
 *
 * @param target whom to measure
 * @param scenario what to measure
 * @param connections how many there are; for {@link Scenario#CONNECT} at a time
 * @param amount bytes, messages or handshakes, see {@link Scenario#amountOption}
 * @param seconds how long to go on instead, or to hold idle connections; 0 for until the amount is done
 * @param warmUp an amount to begin with that is not measured; handshakes for {@link Scenario#IDLE}
 * @param messageBytes length of an echoed message
 * @param atOnce how many connections may be in their handshakes while all are opened
 * @param maxErrors how many clients may fail before the run does
 * @param quiet whether to tell nothing on the way
 * @param proxyPid the proxy's process, if its costs are to be measured
 */
record Plan(
        Target target,
        Scenario scenario,
        int connections,
        long amount,
        long seconds,
        long warmUp,
        int messageBytes,
        int atOnce,
        long maxErrors,
        boolean quiet,
        OptionalLong proxyPid) {

    /** The largest amount: times the longest message it still fits a long. */
    static final long MOST = 1L << 45;

    private static final Set<String> NAMES = Set.of(
            "proxy",
            "secret",
            "scenario",
            "connections",
            "bytes",
            "messages",
            "handshakes",
            "seconds",
            "warm-up",
            "message-bytes",
            "record-bytes",
            "at-once",
            "max-errors",
            "dc",
            "proxy-pid");
    private static final Set<String> FLAGS = Set.of("check", "no-check", "direct", "quiet");
    private static final int DEFAULT_HOLD_SECONDS = 5;
    private static final int SMALLEST_RECORD = 64;

    /** Reads the options behind the name of the sub-command. */
    static Plan parse(String[] args) {
        Arguments arguments = new Arguments(args, 1, NAMES, FLAGS);
        Scenario scenario = scenario(arguments.required("scenario"));
        int connections = (int) arguments.number("connections", 16, 1, 60_000);
        boolean counts = scenario == Scenario.CONNECT || scenario == Scenario.IDLE;
        long least = counts ? 1 : connections;
        return new Plan(
                target(arguments),
                scenario,
                connections,
                scenario == Scenario.IDLE
                        ? 0
                        : arguments.number(
                                scenario.amountOption(), Math.max(least, scenario.defaultAmount()), least, MOST),
                arguments.number("seconds", scenario == Scenario.IDLE ? DEFAULT_HOLD_SECONDS : 0, 0, 86_400),
                arguments.has("warm-up") ? arguments.number("warm-up", 0, least, MOST) : 0,
                (int) arguments.number("message-bytes", 200, 1, Loop.BUFFER / 2),
                (int) arguments.number("at-once", 64, 1, 60_000),
                arguments.number("max-errors", 0, 0, MOST),
                arguments.has("quiet"),
                arguments.has("proxy-pid")
                        ? OptionalLong.of(arguments.number("proxy-pid", 0, 1, Integer.MAX_VALUE))
                        : OptionalLong.empty());
    }

    private static Target target(Arguments arguments) {
        int dc = (int) arguments.number("dc", 2, Short.MIN_VALUE, Short.MAX_VALUE);
        Check check = arguments.has("check") ? Check.ALL : arguments.has("no-check") ? Check.NONE : Check.SAMPLE;
        if (arguments.has("direct")) {
            return Target.direct(arguments.address("proxy"), dc, check);
        }
        return new Target(
                arguments.address("proxy"),
                Secret.parse(arguments.required("secret")),
                dc,
                (int) arguments.number("record-bytes", Content.MAX_SLICE, SMALLEST_RECORD, Content.MAX_SLICE),
                check);
    }

    private static Scenario scenario(String name) {
        try {
            return Scenario.valueOf(name.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--scenario: there is no " + name, e);
        }
    }
}
