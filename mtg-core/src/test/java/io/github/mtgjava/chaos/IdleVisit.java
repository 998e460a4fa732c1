package io.github.mtgjava.chaos;

import java.util.Random;

/** A word now and then, and for very long none. */
final class IdleVisit extends CountedVisit {

    IdleVisit(World world, Random random, Runnable whenOver) {
        super(world, Kind.IDLE, random, whenOver, 2, 3);
    }

    @Override
    Exchange exchange(boolean isLast) {
        return Exchange.echo(1 + random().nextInt(500), random().nextLong());
    }

    @Override
    int pauseBetween() {
        return (int) world().longestIdle().toMillis();
    }
}
