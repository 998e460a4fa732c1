package io.github.mtgjava.replay;

/** Fingerprints on their way to the disk, oldest first. Filled again and again. For one thread at a time. */
final class Batch {

    /** How many there is room for: those of some seconds of a busy proxy, as long as the disk may take to write. */
    static final int CAPACITY = 8192;

    private final long[] fingerprints = new long[2 * CAPACITY];
    private int size;
    private long added;
    private long forgotten;

    /** Adds one; false if there is no room. */
    boolean offer(long high, long low) {
        if (size == CAPACITY) {
            return false;
        }
        fingerprints[2 * size] = high;
        fingerprints[2 * size + 1] = low;
        size++;
        return true;
    }

    /** Says how many fingerprints there were altogether when it was taken away, and how many of them were forgotten. */
    void seal(long allAdded, long allForgotten) {
        added = allAdded;
        forgotten = allForgotten;
    }

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    long high(int index) {
        return fingerprints[2 * index];
    }

    long low(int index) {
        return fingerprints[2 * index + 1];
    }

    long added() {
        return added;
    }

    long forgotten() {
        return forgotten;
    }
}
