package io.github.mtgjava;

import io.github.mtgjava.crypto.AesCtr;
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

    /** Takes what may change with every version. */
    public static void take(AesCtr cipher) {}

    /** Nobody sees this one. */
    static void keep(Hidden hidden) {}
}
