package io.github.mtgjava.examples.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process of this machine has used up to now, from Linux's {@code /proc}.
 *
 * @param cpuSeconds in user and system mode, exact to 10 ms
 * @param residentKb its memory, in units of 1024 bytes
 */
record ProcessReading(double cpuSeconds, long residentKb) {

    private static final double TICKS_PER_SECOND = 100;
    /** Of the fields behind the parenthesised name: {@code proc(5)} counts from 1, and the name is the second. */
    private static final int USER_TICKS = 14 - 3;

    private static final int SYSTEM_TICKS = 15 - 3;

    /** Reads them now; an {@link IOException} if there is no such process. */
    static ProcessReading of(long pid) throws IOException {
        Path directory = Path.of("/proc", Long.toString(pid));
        String stat = Files.readString(directory.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[SYSTEM_TICKS]);
        return new ProcessReading(ticks / TICKS_PER_SECOND, residentKb(directory.resolve("status")));
    }

    private static long residentKb(Path status) throws IOException {
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", ""));
            }
        }
        throw new IOException("no VmRSS in " + status);
    }
}
