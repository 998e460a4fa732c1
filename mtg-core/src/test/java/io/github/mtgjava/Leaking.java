package io.github.mtgjava;

import java.util.List;

/** An API as it must not be: users cannot name what it takes and gives. */
public final class Leaking {

    private Leaking() {}

    /** Takes it. */
    public static void take(Hidden hidden) {}

    /** Gives it. */
    public static List<Hidden> give() {
        return List.of();
    }

    /** Nobody sees this one. */
    static void keep(Hidden hidden) {}
}
