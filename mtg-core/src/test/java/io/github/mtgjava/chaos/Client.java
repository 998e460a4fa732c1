package io.github.mtgjava.chaos;

import java.io.IOException;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One of the crowd: visits, rests, and visits again until everybody shall go. Confined to the clients' reactor. */
final class Client {

    private final World world;
    private final Kind kind;
    private final Random random;
    private @Nullable Visit visit;
    private boolean leaving;

    Client(World world, Kind kind, Random random) {
        this.world = world;
        this.kind = kind;
        this.random = random;
    }

    /** Comes within so many milliseconds. */
    void begin(int withinMillis) {
        world.reactor().after(random.nextInt(withinMillis), this::visit);
    }

    private void visit() {
        if (leaving) {
            return;
        }
        // So what one visit draws changes nothing in the next.
        Visit next = kind.visit(world, new Random(random.nextLong()), this::rest);
        try {
            next.start();
            visit = next;
        } catch (IOException noDescriptor) {
            rest();
        }
    }

    private void rest() {
        visit = null;
        if (!leaving) {
            begin(kind.restMillis());
        }
    }

    /** Ends its visit as soon as what it has begun is done, and comes no more. */
    void leave() {
        leaving = true;
        if (visit != null) {
            visit.leave();
        }
    }
}
