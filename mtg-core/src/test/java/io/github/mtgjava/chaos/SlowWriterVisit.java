package io.github.mtgjava.chaos;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Sends all that it has to send in drops, its hello included. */
final class SlowWriterVisit extends GenuineVisit {

    private int left;

    SlowWriterVisit(World world, Random random, Runnable whenOver) {
        super(world, Kind.SLOW_WRITER, random, whenOver);
        left = 1 + random.nextInt(2);
        drip(400, 200);
    }

    @Override
    @Nullable
    Exchange nextExchange() {
        if (left == 0) {
            return null;
        }
        left--;
        return random().nextBoolean()
                ? Exchange.echo(1 + random().nextInt(8_000), random().nextLong())
                : Exchange.both(1 + random().nextInt(8_000), 1 + random().nextInt(20_000), random().nextLong());
    }
}
