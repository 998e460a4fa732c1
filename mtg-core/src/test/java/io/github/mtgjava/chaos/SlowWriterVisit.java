package io.github.mtgjava.chaos;

import java.util.Random;

/** Sends all that it has to send in drops, its hello included. */
final class SlowWriterVisit extends CountedVisit {

    SlowWriterVisit(World world, Random random, Runnable whenOver) {
        super(world, Kind.SLOW_WRITER, random, whenOver, 1, 2);
        drip(400, 200);
    }

    @Override
    Exchange exchange(boolean isLast) {
        return random().nextBoolean()
                ? Exchange.echo(1 + random().nextInt(8_000), random().nextLong())
                : Exchange.both(1 + random().nextInt(8_000), 1 + random().nextInt(20_000), random().nextLong());
    }
}
