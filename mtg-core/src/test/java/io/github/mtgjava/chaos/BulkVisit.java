package io.github.mtgjava.chaos;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Much in both directions, not too fast; sometimes Telegram is the one that ends it. */
final class BulkVisit extends GenuineVisit {

    private static final int MIB = 1 << 20;

    private int left;
    private final boolean isSentAway;

    BulkVisit(World world, Random random, Runnable whenOver) {
        super(world, Kind.BULK, random, whenOver);
        left = 1 + random.nextInt(3);
        isSentAway = random.nextInt(3) == 0;
    }

    @Override
    @Nullable
    Exchange nextExchange() {
        if (left == 0) {
            return null;
        }
        left--;
        if (left == 0 && isSentAway) {
            return Exchange.farewell(1 + random().nextInt(2 * MIB), random().nextLong());
        }
        return Exchange.both(1 + random().nextInt(MIB), 1 + random().nextInt(3 * MIB), random().nextLong());
    }

    @Override
    int pauseAfterRead() {
        return 200;
    }

    @Override
    int pauseAfterBurst() {
        return 400;
    }
}
