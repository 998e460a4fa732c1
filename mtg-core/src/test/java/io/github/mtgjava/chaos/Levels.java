package io.github.mtgjava.chaos;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * What the process holds.
 *
 * @param descriptors open files and sockets
 * @param heap bytes in use after a collection
 * @param direct bytes of direct buffers that somebody still refers to
 */
record Levels(long descriptors, int threads, long heap, long direct) {

    private static final int COLLECTIONS = 2;

    /** A log file, a jar: nothing that grows with the number of connections. */
    private static final int SPARE_DESCRIPTORS = 5;

    /** The JVM starts some of its own when it likes. */
    private static final int SPARE_THREADS = 2;

    private static final long SPARE_HEAP = 16L << 20;

    /** Pools keep some chunks whatever there was to hold. */
    private static final long SPARE_DIRECT = 4L << 20;

    static Levels now() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return new Levels(
                ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                        ? system.getOpenFileDescriptorCount()
                        : 0,
                ManagementFactory.getThreadMXBean().getThreadCount(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                directBuffers());
    }

    private static long directBuffers() {
        List<BufferPoolMXBean> pools = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class);
        return pools.stream()
                .filter(pool -> "direct".equals(pool.getName()))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    /**
     * Whether these are, as far as can be told, those again.
     *
     * @param held bytes that pools held at most since then, and may have kept for the next time
     */
    boolean areBackAt(Levels before, long held) {
        return descriptors <= before.descriptors + SPARE_DESCRIPTORS
                && threads <= before.threads + SPARE_THREADS
                && heap <= before.heap + SPARE_HEAP
                && direct <= before.direct + held + SPARE_DIRECT;
    }
}
