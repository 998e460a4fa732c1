package io.github.mtgjava.transport.nio;

import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;

/** How a {@link Dial} ends: exactly one of these is called, later and on the loop, unless it was cancelled. */
public interface DialHandler {

    /** Connected; the channel is non-blocking, set up and listened to by nobody. The handler owns it now. */
    void onConnected(SocketChannel channel, InetSocketAddress address);

    /** Every address failed, or the deadline passed. */
    void onDialFailed();
}
