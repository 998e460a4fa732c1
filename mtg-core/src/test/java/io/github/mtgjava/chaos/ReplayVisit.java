package io.github.mtgjava.chaos;

import java.util.Random;

/** Says what somebody else has said before, word for word. */
final class ReplayVisit extends StrangerVisit {

    ReplayVisit(World world, Random random, Runnable whenOver) {
        super(world, Kind.REPLAY, random, whenOver);
    }

    @Override
    public void onConnected() {
        byte[] hello = world().recordings().any(random());
        if (hello == null) {
            leaveNow("as there is nothing to replay yet", false);
        } else {
            say(hello);
        }
    }

    @Override
    void onEcho() {
        finish();
    }
}
