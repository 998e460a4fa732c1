package io.github.mtgjava.internal.session;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What strangers make a proxy keep, all together: the beginnings of handshakes whose rest has yet to come, and those that wait
 * for a connection to the cloaked site. Each is small, but there may be as many as connections. Thread-safe.
 */
final class PreludeMemory {

    private final long mostBytes;
    private final AtomicLong taken = new AtomicLong();

    PreludeMemory(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** So much more is kept; to be given back. */
    void take(int bytes) {
        taken.addAndGet(bytes);
    }

    void giveBack(int bytes) {
        taken.addAndGet(-bytes);
    }

    /** Whether there is none left for those who let us wait. */
    boolean isUsedUp() {
        return taken.get() > mostBytes;
    }

    /** Whether so much is taken that there is none either for showing somebody the site. */
    boolean isFarUsedUp() {
        return taken.get() > mostBytes + mostBytes / 4;
    }
}
