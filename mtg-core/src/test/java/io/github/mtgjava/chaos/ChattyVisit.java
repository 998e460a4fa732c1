package io.github.mtgjava.chaos;

import java.util.Random;

/** Messages there and back, mostly small ones. */
final class ChattyVisit extends CountedVisit {

    ChattyVisit(World world, Random random, Runnable whenOver) {
        super(world, Kind.CHATTY, random, whenOver, 5, 60);
    }

    @Override
    Exchange exchange(boolean isLast) {
        int longest = random().nextInt(20) == 0 ? 40_000 : 1_500;
        return Exchange.echo(1 + random().nextInt(longest), random().nextLong());
    }

    @Override
    int pauseBetween() {
        return 1_000;
    }
}
