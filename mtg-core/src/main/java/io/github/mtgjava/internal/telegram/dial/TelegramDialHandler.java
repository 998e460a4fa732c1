package io.github.mtgjava.internal.telegram.dial;

import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;

/**
 * How a {@link TelegramDial} goes. It ends with exactly one of {@link #onConnected} and {@link #onDialFailed}, later and on the
 * loop, unless it was cancelled.
 */
public interface TelegramDialHandler {

    /** Connected; the channel is non-blocking, set up and listened to by nobody. The handler owns it now. */
    void onConnected(SocketChannel channel, Reached reached);

    /**
     * An address could not be reached in one of the ways to it, or not before the deadline.
     *
     * @param nanos since that was begun
     * @param error for the log
     */
    void onAddressFailed(InetSocketAddress address, long nanos, String error);

    /** Everything failed, or the deadline passed. */
    void onDialFailed();
}
