package io.github.mtgjava.transport.nio;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;

/**
 * Two ends of a loopback connection: ours, non-blocking, and the peer's, which reads with a limit in time. The kernel
 * holds little in between, so that a peer that does not read is felt soon.
 */
final class SocketPair implements AutoCloseable {
    private static final int KERNEL_BUFFER_BYTES = 16 * 1024;

    private final SocketChannel ours;
    private final Socket peer;

    SocketPair() throws IOException {
        try (ServerSocket listener = new ServerSocket()) {
            listener.setReceiveBufferSize(KERNEL_BUFFER_BYTES);
            listener.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
            ours = SocketChannel.open();
            ours.setOption(StandardSocketOptions.SO_SNDBUF, KERNEL_BUFFER_BYTES);
            ours.connect(listener.getLocalSocketAddress());
            ours.configureBlocking(false);
            peer = listener.accept();
            peer.setSoTimeout((int) TestLoop.LIMIT_MILLIS);
            peer.setTcpNoDelay(true);
        }
    }

    SocketChannel ours() {
        return ours;
    }

    Socket peer() {
        return peer;
    }

    void send(byte... bytes) throws IOException {
        peer.getOutputStream().write(bytes);
    }

    /** Reads so many bytes as the peer, fewer only if the stream ends. */
    byte[] receive(int count) throws IOException {
        return peer.getInputStream().readNBytes(count);
    }

    /** The peer's next byte, -1 for FIN. */
    int receive() throws IOException {
        return peer.getInputStream().read();
    }

    /** Sends RST as the peer. */
    void resetByPeer() throws IOException {
        peer.setSoLinger(true, 0);
        peer.close();
    }

    @Override
    public void close() throws IOException {
        ours.close();
        peer.close();
    }
}
