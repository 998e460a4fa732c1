package io.github.mtgjava.replay;

import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * Fingerprints in generations: when they are full the oldest generation is dropped whole, so what is forgotten is always
 * older than what is kept. (A cache that evicts by frequency would drop the newest first, which is what somebody who
 * replays wants.)
 *
 * <p>For one thread at a time, except {@link #bytes}.
 */
final class ReplayGenerations {

    /** The smallest budget, in bytes. */
    static final long MIN_BYTES = 1L << 20;

    private static final int GENERATIONS = 32;

    private final int generationBytes;
    /** Newest first. */
    private final ArrayDeque<ReplayGeneration> generations = new ArrayDeque<>(GENERATIONS);

    private long added;
    private long forgotten;
    /** Of all tables. */
    private long held;
    /** The same, for whoever asks. */
    private volatile long bytes;

    /** With a bound on the memory of the tables. */
    ReplayGenerations(long maxBytes) {
        if (maxBytes < MIN_BYTES) {
            throw new IllegalArgumentException(
                    "the replay cache needs at least " + MIN_BYTES + " bytes, not " + maxBytes);
        }
        generationBytes = (int) Math.min(maxBytes / GENERATIONS, ReplayGeneration.MAX_BYTES);
        beginGeneration();
        bytes = held;
    }

    /** How many fingerprints make a generation with that bound. */
    static int generationKeys(long maxBytes) {
        return ReplayGeneration.capacity((int) Math.min(maxBytes / GENERATIONS, ReplayGeneration.MAX_BYTES));
    }

    /** Adds a fingerprint; false if it is known. */
    boolean add(long high, long low) {
        for (Iterator<ReplayGeneration> it = generations.iterator(); it.hasNext(); ) {
            if (it.next().contains(high, low)) {
                return false;
            }
        }
        restore(high, low);
        return true;
    }

    /** Adds a fingerprint without looking for it first: that costs most, and what was kept once is there once. */
    void restore(long high, long low) {
        if (generations.getFirst().isFull()) {
            beginGeneration();
        }
        ReplayGeneration newest = generations.getFirst();
        held -= newest.bytes();
        newest.add(high, low);
        held += newest.bytes();
        added++;
        bytes = held;
    }

    private void beginGeneration() {
        if (generations.size() == GENERATIONS) {
            forget(generations.removeLast());
        }
        ReplayGeneration newest = new ReplayGeneration(generationBytes);
        generations.addFirst(newest);
        held += newest.bytes();
    }

    private void forget(ReplayGeneration oldest) {
        held -= oldest.bytes();
        forgotten += oldest.size();
    }

    /** Remembers those, too, as if they had been added before all others; as many of them as there is room for. */
    void addOlder(ReplayGenerations older) {
        added += older.added;
        forgotten += older.forgotten;
        for (ReplayGeneration generation : older.generations) {
            held += generation.bytes();
            if (generations.size() < GENERATIONS) {
                generations.addLast(generation);
            } else {
                forget(generation);
            }
        }
        bytes = held;
    }

    /** How many fingerprints were ever added. */
    long added() {
        return added;
    }

    /** How many of them are forgotten: those that were added first. */
    long forgotten() {
        return forgotten;
    }

    /** Memory of the tables. Any thread. */
    long bytes() {
        return bytes;
    }
}
