package io.github.mtgjava.transport.nio;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Set;
import jdk.net.ExtendedSocketOptions;

/**
 * What every socket of the proxy is set to: no Nagle, and keep-alive probes that find a vanished peer within about two
 * and a half minutes where the platform lets us say so.
 *
 * @param receiveBufferBytes size of the kernel's receive buffer; 0 leaves it to the kernel's autotuning
 * @param sendBufferBytes size of the kernel's send buffer; 0 leaves it to the kernel's autotuning
 */
public record SocketOptions(int receiveBufferBytes, int sendBufferBytes) {

    /** Buffers autotuned by the kernel. */
    public static final SocketOptions AUTOTUNED = new SocketOptions(0, 0);

    private static final int KEEPALIVE_IDLE_SECONDS = 15;
    private static final int KEEPALIVE_INTERVAL_SECONDS = 15;
    private static final int KEEPALIVE_COUNT = 9;

    /** Makes the channel non-blocking and sets the options. */
    void applyTo(SocketChannel channel) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
        Set<SocketOption<?>> supported = channel.supportedOptions();
        if (supported.contains(ExtendedSocketOptions.TCP_KEEPIDLE)) {
            channel.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEPALIVE_IDLE_SECONDS);
            channel.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEPALIVE_INTERVAL_SECONDS);
            channel.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, KEEPALIVE_COUNT);
        }
        if (receiveBufferBytes > 0) {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBufferBytes);
        }
        if (sendBufferBytes > 0) {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, sendBufferBytes);
        }
    }
}
