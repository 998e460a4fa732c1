package io.github.mtgjava.examples.load;

import java.util.Arrays;

/** How long round trips took. Confined to the clients' loop. */
final class Latencies {

    private static final double NANOS_PER_MICRO = 1e3;

    private long[] nanos = new long[1024];
    private int count;

    void add(long roundTripNanos) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * count);
        }
        nanos[count++] = roundTripNanos;
    }

    void clear() {
        count = 0;
    }

    /** The time within which that share of the round trips was over, in microseconds; 0 if there were none. */
    double percentile(double share) {
        if (count == 0) {
            return 0;
        }
        Arrays.sort(nanos, 0, count);
        return nanos[Math.min(count - 1, (int) (share * count))] / NANOS_PER_MICRO;
    }
}
