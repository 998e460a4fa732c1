package io.github.mtgjava.replay;

/**
 * A set of 128-bit fingerprints: open addressing in one array that doubles as it fills, up to a bound. Nothing is ever
 * removed. Not thread-safe.
 */
final class ReplayGeneration {

    /** Bound on a table, so that its array's size and indices stay well within an int. */
    static final int MAX_BYTES = 1 << 29;

    private static final int ENTRY_BYTES = 2 * Long.BYTES;
    private static final int INITIAL_ENTRIES = 64;

    private final int maxEntries;
    private long[] table;
    private int size;

    ReplayGeneration(int maxBytes) {
        maxEntries = maxEntries(maxBytes);
        table = new long[2 * Math.min(INITIAL_ENTRIES, maxEntries)];
    }

    private static int maxEntries(int maxBytes) {
        return Integer.highestOneBit(maxBytes / ENTRY_BYTES);
    }

    /** How many fingerprints one with that bound takes until it is full. */
    static int capacity(int maxBytes) {
        return maxEntries(maxBytes) / 4 * 3;
    }

    /** Three quarters full at its largest size: beyond that, searching gets slow. */
    boolean isFull() {
        return entries() == maxEntries && isCrowded();
    }

    boolean contains(long high, long low) {
        // The one fingerprint of zeros looks like a free place: it is never found, and never matters.
        int index = find(table, high, low);
        return (table[index] | table[index + 1]) != 0;
    }

    /** Adds a fingerprint that is not contained; the generation must not be full. */
    void add(long high, long low) {
        if (isCrowded()) {
            grow();
        }
        put(table, high, low);
        size++;
    }

    int size() {
        return size;
    }

    long bytes() {
        return (long) table.length * Long.BYTES;
    }

    private boolean isCrowded() {
        return size >= entries() / 4 * 3;
    }

    private int entries() {
        return table.length / 2;
    }

    private void grow() {
        long[] larger = new long[table.length * 2];
        for (int i = 0; i < table.length; i += 2) {
            if ((table[i] | table[i + 1]) != 0) {
                put(larger, table[i], table[i + 1]);
            }
        }
        table = larger;
    }

    private static void put(long[] into, long high, long low) {
        int index = find(into, high, low);
        into[index] = high;
        into[index + 1] = low;
    }

    /** Index of the fingerprint, or of the free place where it would stand. The fingerprint is a hash: no mixing needed. */
    private static int find(long[] table, long high, long low) {
        int mask = table.length - 1;
        int index = (int) high * 2 & mask;
        while ((table[index] | table[index + 1]) != 0 && (table[index] != high || table[index + 1] != low)) {
            index = index + 2 & mask;
        }
        return index;
    }
}
