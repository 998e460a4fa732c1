package io.github.mtgjava.crypto;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.reflect.Method;

/**
 * How much the current thread has allocated so far, as HotSpot counts it. By reflection, because the module under test
 * does not require the management modules.
 */
final class AllocatedBytes {

    private AllocatedBytes() {}

    /** Skips the calling test on a JVM that does not count. */
    static long ofCurrentThread() throws ReflectiveOperationException {
        Object threads = Class.forName("java.lang.management.ManagementFactory")
                .getMethod("getThreadMXBean")
                .invoke(null);
        Class<?> counting = Class.forName("com.sun.management.ThreadMXBean");
        assumeTrue(counting.isInstance(threads), "this JVM does not count allocations");
        Method allocated = counting.getMethod("getThreadAllocatedBytes", long.class);
        return (long) allocated.invoke(threads, Thread.currentThread().getId());
    }
}
