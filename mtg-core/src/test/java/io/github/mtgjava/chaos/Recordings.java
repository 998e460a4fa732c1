package io.github.mtgjava.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Hellos with which clients were let in lately, for whoever wants to try them again. For one thread. */
final class Recordings {

    private static final int MOST = 256;

    private final List<byte[]> hellos = new ArrayList<>();
    private int next;

    void add(byte[] hello) {
        if (hellos.size() < MOST) {
            hellos.add(hello);
        } else {
            hellos.set(next, hello);
            next = (next + 1) % MOST;
        }
    }

    /** One of them; null if there is none yet. */
    byte @Nullable [] any(Random random) {
        return hellos.isEmpty() ? null : hellos.get(random.nextInt(hellos.size()));
    }
}
