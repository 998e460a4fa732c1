package io.github.mtgjava.chaos;

import java.util.Random;

/** Connects, and that is all. */
final class HalfOpenVisit extends StrangerVisit {

    HalfOpenVisit(World world, Random random, Runnable whenOver) {
        super(world, Kind.HALF_OPEN, random, whenOver);
    }

    @Override
    void onEcho() {
        throw new AssertionError("nothing was said");
    }
}
