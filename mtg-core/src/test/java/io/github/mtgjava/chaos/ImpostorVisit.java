package io.github.mtgjava.chaos;

import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Has a genuine hello and, behind it, noise for a frame: meets silence, and in the end FIN. */
final class ImpostorVisit extends GenuineVisit {

    private static final int NOISE = 64;

    ImpostorVisit(World world, Random random, Runnable whenOver) {
        super(world, Kind.GARBAGE, random, whenOver);
    }

    @Override
    void onAdmitted() {
        byte[] noise = new byte[NOISE];
        random().nextBytes(noise);
        send(TlsDress.first(noise));
        if (isLeaving()) {
            leaveNow("while nothing was said", false);
        }
    }

    @Override
    @Nullable
    Exchange nextExchange() {
        throw new AssertionError("nobody has let it in");
    }

    @Override
    void onEndOfStream() {
        complete(Outcome.COMPLETE);
    }

    @Override
    void leave() {
        super.leave();
        if (!isOver() && isAdmitted()) {
            leaveNow("while nothing was said", false);
        }
    }
}
