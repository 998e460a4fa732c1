package io.github.mtgjava.metrics;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * How many files and sockets the process has open; NaN where the system does not tell. The JDK counts them one by one,
 * which takes 10 ms and more when there are many: so at most every ten seconds.
 */
final class OpenFiles {

    private static final long FRESH_NANOS = Duration.ofSeconds(10).toNanos();

    private double counted = Double.NaN;
    private long countedAt = System.nanoTime() - FRESH_NANOS;

    synchronized double count() {
        long now = System.nanoTime();
        if (now - countedAt >= FRESH_NANOS) {
            countedAt = now;
            counted =
                    system() instanceof UnixOperatingSystemMXBean unix ? unix.getOpenFileDescriptorCount() : Double.NaN;
        }
        return counted;
    }

    static double limit() {
        return system() instanceof UnixOperatingSystemMXBean unix ? unix.getMaxFileDescriptorCount() : Double.NaN;
    }

    private static Object system() {
        return ManagementFactory.getOperatingSystemMXBean();
    }
}
