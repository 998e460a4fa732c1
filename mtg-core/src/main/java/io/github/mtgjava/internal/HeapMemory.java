package io.github.mtgjava.internal;

/** How many connections the heap leaves room for. */
public final class HeapMemory {

    /** What a connection takes, and half as much again: see docs/performance.md. */
    private static final int BYTES_PER_CONNECTION = 8 * 1024;

    private HeapMemory() {}

    /** As many as fit into half of it: the other half is the replay cache's, and whatever else an embedder does. */
    public static int maxConnections() {
        return maxConnections(Runtime.getRuntime().maxMemory());
    }

    /** At least 16. */
    static int maxConnections(long heapBytes) {
        return (int) Math.max(16, Math.min(heapBytes / 2 / BYTES_PER_CONNECTION, Integer.MAX_VALUE));
    }
}
