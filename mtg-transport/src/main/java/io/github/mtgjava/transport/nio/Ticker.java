package io.github.mtgjava.transport.nio;

/**
 * The monotonic clock of an event loop, injectable so that a test moves time by hand.
 *
 * <p>Implementations are called from every loop and must be thread-safe.
 */
public interface Ticker {

    /** Nanoseconds since an arbitrary origin; only differences mean anything. */
    long nanos();

    /**
     * Asks to be told when time is moved by hand, so that a sleeping loop looks at its timers again. A clock that only
     * flows, like the system's, never jumps and ignores this.
     *
     * @param wakeUp cheap, thread-safe, callable any number of times
     */
    default void onJump(Runnable wakeUp) {}

    /** {@link System#nanoTime()}. */
    static Ticker system() {
        return System::nanoTime;
    }
}
