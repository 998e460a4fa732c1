package io.github.mtgjava.chaos;

import java.nio.ByteBuffer;
import java.util.Random;

/** Somebody who does not know the secret: is shown the site, and has to get from it all that it says. */
abstract class StrangerVisit extends Visit {

    private final SiteEcho echo = new SiteEcho();
    private boolean finished;

    StrangerVisit(World world, Kind kind, Random random, Runnable whenOver) {
        super(world, kind, random, whenOver);
    }

    /** Says something to the site. */
    final void say(byte[] bytes) {
        echo.sent(bytes);
        send(bytes);
    }

    /** Nothing more will be said. */
    final void finish() {
        finished = true;
        sendEnd();
    }

    /** All that was said has come back. */
    abstract void onEcho();

    @Override
    public final void onBytes(ByteBuffer in) {
        if (!echo.receive(in)) {
            corrupted("a stranger got what the site would not say");
        } else if (echo.isComplete() && !finished) {
            onEcho();
        }
    }

    @Override
    public final void onEnd() {
        if (echo.isComplete()) {
            complete(Outcome.COMPLETE);
        } else {
            lost(echo.toString());
        }
    }

    @Override
    final void leave() {
        super.leave();
        if (!isOver() && !finished) {
            leaveNow("after " + echo, false);
        }
    }
}
