package io.github.mtgjava.chaos;

import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Goes where nobody goes: within its hello, before the flight, without a frame, in the middle of its bytes, or half. */
final class VanishingVisit extends GenuineVisit {

    private static final int MANY = 400_000;
    private static final int SOON_MILLIS = 500;

    private final Where where;
    private final How how;
    private boolean ordered;

    private enum Where {
        IN_HELLO,
        AFTER_HELLO,
        AFTER_FLIGHT,
        AFTER_FRAME,
        IN_RELAY
    }

    private enum How {
        RESET,
        CLOSE,
        /** Sends FIN, and takes what comes until FIN comes back. */
        HALF
    }

    VanishingVisit(World world, Random random, Runnable whenOver) {
        super(world, Kind.VANISHING, random, whenOver);
        where = Where.values()[random.nextInt(Where.values().length)];
        boolean mayBeHalf = where == Where.AFTER_FLIGHT || where == Where.IN_RELAY;
        how = How.values()[random.nextInt(mayBeHalf ? 3 : 2)];
    }

    @Override
    public void onConnected() {
        if (where == Where.IN_HELLO) {
            byte[] hello = world().client().withSeed(random().nextLong()).clientHello();
            send(Arrays.copyOf(hello, 1 + random().nextInt(hello.length - 1)));
            vanishSoon();
            return;
        }
        super.onConnected();
        if (where == Where.AFTER_HELLO) {
            vanish();
        }
    }

    @Override
    void onAdmitted() {
        if (where == Where.AFTER_FLIGHT) {
            vanishSoon();
            return;
        }
        sendFrame();
        if (where == Where.AFTER_FRAME) {
            vanishSoon();
        } else {
            proceed();
        }
    }

    @Override
    @Nullable
    Exchange nextExchange() {
        if (ordered) {
            return null;
        }
        ordered = true;
        if (how != How.HALF) {
            vanishSoon();
        }
        return Exchange.both(1 + random().nextInt(MANY), 1 + random().nextInt(MANY), random().nextLong());
    }

    @Override
    void onUploaded() {
        if (how == How.HALF) {
            halfClose();
        }
    }

    private void vanishSoon() {
        after(random().nextInt(SOON_MILLIS), this::vanish);
    }

    private void vanish() {
        if (how == How.HALF) {
            halfClose();
        } else {
            leaveNow(where + " by " + how, how == How.RESET);
        }
    }

    @Override
    void onEndOfStream() {
        if (where == Where.AFTER_FLIGHT) {
            // No frame, so no Telegram: the proxy ends it.
            leaveNow("without a frame", false);
        } else {
            super.onEndOfStream();
        }
    }
}
