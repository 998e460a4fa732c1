package io.github.mtgjava.transport.nio;

import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;

/**
 * How a {@link Dial} goes. It ends with exactly one of {@link #onConnected} and {@link #onDialFailed}, later and on the
 * loop, unless it was cancelled.
 */
public interface DialHandler {

    /** Connected; the channel is non-blocking, set up and listened to by nobody. The handler owns it now. */
    void onConnected(SocketChannel channel, InetSocketAddress address);

    /**
     * One address failed, or had not answered when the deadline passed.
     *
     * @param nanos since it was started
     * @param error what the system said
     */
    default void onAttemptFailed(InetSocketAddress address, long nanos, String error) {}

    /** Every address failed, or the deadline passed. */
    void onDialFailed();
}
