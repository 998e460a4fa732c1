package io.github.mtgjava.transport.nio;

import java.nio.channels.SocketChannel;

/**
 * How a {@link Dial} goes. It ends with exactly one of {@link #onConnected} and {@link #onDialFailed}, later and on the
 * loop, unless it was cancelled.
 */
public interface DialHandler {

    /** Connected; the channel is non-blocking, set up and listened to by nobody. The handler owns it now. */
    void onConnected(SocketChannel channel, Route route);

    /**
     * One route failed, or had not answered when the deadline passed.
     *
     * @param nanos since it was started
     * @param error what the system said
     */
    default void onAttemptFailed(Route route, long nanos, String error) {}

    /** One that was started later connects us (which is told next), and this one had not answered by then. */
    default void onOvertaken(Route route) {}

    /** Every route failed, or the deadline passed. */
    void onDialFailed();
}
