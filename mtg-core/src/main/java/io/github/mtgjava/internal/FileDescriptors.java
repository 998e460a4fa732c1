package io.github.mtgjava.internal;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How many connections the limit of open files leaves room for. */
public final class FileDescriptors {

    /** Kept for the JVM, listeners, selectors, log files. */
    private static final long RESERVED = 128;
    /** A client's socket and the one to Telegram or to the cloaked site. */
    private static final long PER_CONNECTION = 2;
    /** Where there is no such limit. */
    private static final int UNLIMITED = 65_536;

    private FileDescriptors() {}

    /** At least 16, whatever the limit: a tiny limit is better met by backing off than by refusing everyone. */
    public static int maxConnections() {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
            long connections = (system.getMaxFileDescriptorCount() - RESERVED) / PER_CONNECTION;
            // A fifth is for those that are refused: ProxyConfig.refusedAtOnce.
            connections -= connections / 5;
            return (int) Math.max(16, Math.min(connections, UNLIMITED));
        }
        return UNLIMITED;
    }
}
