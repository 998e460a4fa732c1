package io.github.mtgjava.chaos;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Messages there and back, mostly small ones. */
final class ChattyVisit extends GenuineVisit {

    private int left;

    ChattyVisit(World world, Random random, Runnable whenOver) {
        super(world, Kind.CHATTY, random, whenOver);
        left = 5 + random.nextInt(60);
    }

    @Override
    @Nullable
    Exchange nextExchange() {
        if (left == 0) {
            return null;
        }
        left--;
        int longest = random().nextInt(20) == 0 ? 40_000 : 1_500;
        return Exchange.echo(1 + random().nextInt(longest), random().nextLong());
    }

    @Override
    int pauseBetween() {
        return 1_000;
    }
}
