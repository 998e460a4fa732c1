package io.github.mtgjava.chaos;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Orders much and reads it in little pieces, with a kernel that holds little. */
final class SlowReaderVisit extends GenuineVisit {

    private boolean ordered;

    SlowReaderVisit(World world, Random random, Runnable whenOver) {
        super(world, Kind.SLOW_READER, random, whenOver);
    }

    @Override
    int receiveBuffer() {
        return 16 * 1024;
    }

    @Override
    @Nullable
    Exchange nextExchange() {
        if (ordered) {
            return null;
        }
        ordered = true;
        // Now and then more than the kernels hold, so that the proxy has to.
        int most = random().nextInt(4) == 0 ? 6_000_000 : 300_000;
        return Exchange.both(random().nextInt(1000), 20_000 + random().nextInt(most), random().nextLong());
    }

    @Override
    int pauseAfterRead() {
        return 300;
    }
}
