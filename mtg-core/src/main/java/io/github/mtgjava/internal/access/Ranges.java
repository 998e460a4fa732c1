package io.github.mtgjava.internal.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Ranges of one family, sorted, with gaps between them, in one array of numbers: a search touches little memory, and there is
 * no object for any of them. Immutable.
 */
final class Ranges {

    /** First and last address, each in two halves. */
    private static final int WIDTH = 4;

    private final long[] bounds;

    private Ranges(long[] bounds) {
        this.bounds = bounds;
    }

    /** Those ranges, in any order; they may overlap. */
    static Ranges of(List<Range> ranges) {
        List<Range> merged = new ArrayList<>();
        for (Range range : ranges.stream().sorted().toList()) {
            int last = merged.size() - 1;
            if (last >= 0 && merged.get(last).reaches(range)) {
                merged.set(last, merged.get(last).joined(range));
            } else {
                merged.add(range);
            }
        }
        long[] bounds = new long[WIDTH * merged.size()];
        for (int i = 0; i < merged.size(); i++) {
            Range range = merged.get(i);
            bounds[WIDTH * i] = range.firstHigh();
            bounds[WIDTH * i + 1] = range.firstLow();
            bounds[WIDTH * i + 2] = range.lastHigh();
            bounds[WIDTH * i + 3] = range.lastLow();
        }
        return new Ranges(bounds);
    }

    int count() {
        return bounds.length / WIDTH;
    }

    boolean contains(long high, long low) {
        int from = 0;
        int to = count();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (Range.compare(bounds[WIDTH * middle], bounds[WIDTH * middle + 1], high, low) <= 0) {
                from = middle + 1;
            } else {
                to = middle;
            }
        }
        // So many ranges begin at the address or before it.
        int last = WIDTH * (from - 1);
        return from > 0 && Range.compare(high, low, bounds[last + 2], bounds[last + 3]) <= 0;
    }

    /** What is left of these without those. */
    Ranges without(Ranges holes) {
        List<Range> left = list();
        for (Range hole : holes.list()) {
            List<Range> rest = new ArrayList<>(left.size() + 1);
            left.forEach(range -> range.cut(hole, rest));
            left = rest;
        }
        return of(left);
    }

    private List<Range> list() {
        return IntStream.range(0, count())
                .map(i -> WIDTH * i)
                .mapToObj(at -> new Range(bounds[at], bounds[at + 1], bounds[at + 2], bounds[at + 3]))
                .toList();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Ranges ranges && Arrays.equals(bounds, ranges.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }
}
