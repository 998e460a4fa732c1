package io.github.mtgjava.chaos;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A word now and then, and for very long none. */
final class IdleVisit extends GenuineVisit {

    private int left;

    IdleVisit(World world, Random random, Runnable whenOver) {
        super(world, Kind.IDLE, random, whenOver);
        left = 2 + random.nextInt(3);
    }

    @Override
    @Nullable
    Exchange nextExchange() {
        if (left == 0) {
            return null;
        }
        left--;
        return Exchange.echo(1 + random().nextInt(500), random().nextLong());
    }

    @Override
    int pauseBetween() {
        return (int) world().longestIdle().toMillis();
    }
}
