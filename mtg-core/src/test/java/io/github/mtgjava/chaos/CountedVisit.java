package io.github.mtgjava.chaos;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Has so many exchanges, and then nothing more. */
abstract class CountedVisit extends GenuineVisit {

    private int left;

    /** With as many exchanges as {@code fewest}, or up to {@code choices} - 1 more. */
    CountedVisit(World world, Kind kind, Random random, Runnable whenOver, int fewest, int choices) {
        super(world, kind, random, whenOver);
        left = fewest + random.nextInt(choices);
    }

    @Override
    @Nullable
    final Exchange nextExchange() {
        if (left == 0) {
            return null;
        }
        left--;
        return exchange(left == 0);
    }

    /** The next one. */
    abstract Exchange exchange(boolean isLast);
}
