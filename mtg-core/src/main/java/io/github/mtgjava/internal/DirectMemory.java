package io.github.mtgjava.internal;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/** How much memory outside the heap this JVM may use for buffers. */
public final class DirectMemory {

    private DirectMemory() {}

    /** Half of the limit: the loops' read buffers, and whatever else an embedder does, need some too. */
    public static long share() {
        return Math.max(limit() / 2, 1 << 20);
    }

    private static long limit() {
        HotSpotDiagnosticMXBean hotSpot = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
        long set = hotSpot == null
                ? 0
                : Long.parseLong(hotSpot.getVMOption("MaxDirectMemorySize").getValue());
        // Where nothing is set, the JDK takes the size of the heap.
        return set != 0 ? set : Runtime.getRuntime().maxMemory();
    }
}
