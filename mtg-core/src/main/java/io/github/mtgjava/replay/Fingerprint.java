package io.github.mtgjava.replay;

import io.github.mtgjava.crypto.Sha256;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A key as 128 bits, so salted that nobody can choose keys that collide. */
final class Fingerprint {

    static final int SALT_BYTES = 16;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private Fingerprint() {}

    /** The hash whose {@link #high} and {@link #low} make the fingerprint. */
    static byte[] hash(byte[] salt, byte[] key) {
        return Sha256.of(salt, key);
    }

    static long high(byte[] hash) {
        return (long) LONGS.get(hash, 0);
    }

    static long low(byte[] hash) {
        return (long) LONGS.get(hash, Long.BYTES);
    }
}
