package io.github.mtgjava.cli.doctor;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whether the limit of open files leaves room for the clients: each takes two, one of them towards Telegram. */
final class DescriptorCheck implements Check {

    private static final String NAME = "files";
    /** Kept for the JVM, listeners, selectors, log files. */
    private static final long RESERVED = 128;

    private static final long PER_CLIENT = 2;
    private static final long MIN_REFUSED = 64;
    private static final long COMFORTABLE = 4096;
    private static final String ADVICE = ": raise it with 'ulimit -n', or LimitNOFILE of systemd";

    private final @Nullable Integer maxConnections;
    private final Supplier<OptionalLong> limit;

    /**
     * Makes one.
     *
     * @param maxConnections null if nobody said how many clients there shall be
     * @param limit of open files of a process like this one; empty if there is none
     */
    DescriptorCheck(@Nullable Integer maxConnections, Supplier<OptionalLong> limit) {
        this.maxConnections = maxConnections;
        this.limit = limit;
    }

    /** This process's limit. */
    static OptionalLong ofThisProcess() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                        && unix.getMaxFileDescriptorCount() > 0
                ? OptionalLong.of(unix.getMaxFileDescriptorCount())
                : OptionalLong.empty();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Finding> run() {
        OptionalLong known = limit.get();
        return List.of(
                known.isEmpty()
                        ? Finding.ok(NAME, "this system sets no limit of open files")
                        : verdict(known.getAsLong()));
    }

    private Finding verdict(long files) {
        String room = "a process may open " + files + " files, enough for about " + clients(files) + " clients";
        if (maxConnections == null) {
            return files < COMFORTABLE ? Finding.warn(NAME, room + ADVICE) : Finding.ok(NAME, room);
        }
        long needed = RESERVED + PER_CLIENT * (maxConnections + Math.max(MIN_REFUSED, maxConnections / 4));
        return files < needed
                ? Finding.fail(
                        NAME,
                        room + "; " + maxConnections + " clients need " + needed + ADVICE + ", or lower "
                                + "--max-connections")
                : Finding.ok(NAME, room + "; " + maxConnections + " are allowed");
    }

    /** How many fit together with a fourth of that, at least 64, for those that are just being refused. */
    private static long clients(long files) {
        long pairs = (files - RESERVED) / PER_CLIENT;
        return Math.max(0, Math.min(pairs - MIN_REFUSED, pairs / 5 * 4));
    }
}
