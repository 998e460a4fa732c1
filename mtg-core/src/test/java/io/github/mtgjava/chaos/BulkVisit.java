package io.github.mtgjava.chaos;

import java.util.Random;

/** Much in both directions, not too fast; sometimes Telegram is the one that ends it. */
final class BulkVisit extends CountedVisit {

    private static final int MIB = 1 << 20;

    private final boolean isSentAway;

    BulkVisit(World world, Random random, Runnable whenOver) {
        super(world, Kind.BULK, random, whenOver, 1, 3);
        isSentAway = random.nextInt(3) == 0;
    }

    @Override
    Exchange exchange(boolean isLast) {
        if (isLast && isSentAway) {
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
