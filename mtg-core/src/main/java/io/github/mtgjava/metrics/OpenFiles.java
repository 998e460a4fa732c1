package io.github.mtgjava.metrics;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many files and sockets the process has open; NaN where the system does not tell. */
final class OpenFiles {

    private OpenFiles() {}

    static double count() {
        return system() instanceof UnixOperatingSystemMXBean unix ? unix.getOpenFileDescriptorCount() : Double.NaN;
    }

    static double limit() {
        return system() instanceof UnixOperatingSystemMXBean unix ? unix.getMaxFileDescriptorCount() : Double.NaN;
    }

    private static Object system() {
        return ManagementFactory.getOperatingSystemMXBean();
    }
}
