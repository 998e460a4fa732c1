package io.github.mtgjava.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A loopback address that refuses every connection. The port stays bound without listening, so nobody else can get
 * it until {@link #close()}.
 */
public final class ClosedPort implements AutoCloseable {
    private final Socket holder;

    private ClosedPort(Socket holder) {
        this.holder = holder;
    }

    /** Reserves a port of 127.0.0.1. */
    public static ClosedPort reserve() throws IOException {
        return reserve(LoopbackServer.ipv4());
    }

    /** Reserves a port of {@code host}, which is a loopback address. */
    public static ClosedPort reserve(InetAddress host) throws IOException {
        Socket holder = new Socket();
        try {
            holder.bind(new InetSocketAddress(host, 0));
        } catch (IOException e) {
            holder.close();
            throw e;
        }
        return new ClosedPort(holder);
    }

    /** Returns the address that refuses. */
    public InetSocketAddress address() {
        return (InetSocketAddress) holder.getLocalSocketAddress();
    }

    /** Gives the port back. Idempotent. */
    @Override
    public void close() throws IOException {
        holder.close();
    }
}
