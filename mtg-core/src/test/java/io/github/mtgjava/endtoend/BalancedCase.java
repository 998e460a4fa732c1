package io.github.mtgjava.endtoend;

import io.github.mtgjava.Inject;
import io.github.mtgjava.IpPrefix;
import io.github.mtgjava.MtProxyBuilder;
import io.github.mtgjava.spi.ProxyObserver;
import io.github.mtgjava.testkit.FakeClient.Mode;
import io.github.mtgjava.testkit.ManualTicker;
import io.github.mtgjava.testkit.RecordingOrigin;
import io.github.mtgjava.transport.proxyprotocol.ProxiedConnection;
import io.github.mtgjava.transport.proxyprotocol.ProxyHeader;
import io.github.mtgjava.transport.proxyprotocol.TcpEnd;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A proxy that believes load balancers on loopback, in front of a site that writes down what it gets. */
final class BalancedCase implements AutoCloseable {

    static final List<IpPrefix> LOOPBACK = List.of(IpPrefix.parse("127.0.0.0/8"), IpPrefix.parse("::1"));

    static final InetSocketAddress IPV4_CLIENT = new InetSocketAddress("192.0.2.1", 56_324);
    static final InetSocketAddress IPV4_SERVICE = new InetSocketAddress("203.0.113.5", 443);
    static final InetSocketAddress IPV6_CLIENT = new InetSocketAddress("2001:db8::1", 56_324);
    static final InetSocketAddress IPV6_SERVICE = new InetSocketAddress("2001:db8::2", 443);

    /** What a health check begins with. */
    static final byte[] LOCAL = {'\r', '\n', '\r', '\n', 0, '\r', '\n', 'Q', 'U', 'I', 'T', '\n', 0x20, 0, 0, 0};

    final ManualTicker ticker = new ManualTicker();
    final RecordingOrigin origin = RecordingOrigin.start();
    final List<InetSocketAddress> clients = new CopyOnWriteArrayList<>();
    final RunningCase running;

    BalancedCase(Mode mode, UnaryOperator<MtProxyBuilder> settings) throws IOException {
        ProxyObserver observer = new ProxyObserver() {
            @Override
            public void accepted(long connection, InetSocketAddress client) {
                clients.add(client);
            }
        };
        running = RunningCase.start(
                mode,
                builder -> settings.apply(Inject.ticker(builder, ticker)
                        .addObserver(observer)
                        .cloakAddress(origin.address())
                        .trustedProxies(LOOPBACK)));
    }

    BalancedCase(Mode mode) throws IOException {
        this(mode, builder -> builder);
    }

    static byte[] v1(InetSocketAddress client, InetSocketAddress service) {
        String family = IPV4_CLIENT.equals(client) ? "TCP4" : "TCP6";
        return text("PROXY " + family + " " + client.getAddress().getHostAddress() + " "
                + service.getAddress().getHostAddress() + " " + client.getPort() + " " + service.getPort() + "\r\n");
    }

    static byte[] v2(InetSocketAddress client, InetSocketAddress service) {
        return ProxyHeader.of(new ProxiedConnection(end(client), end(service)));
    }

    private static TcpEnd end(InetSocketAddress address) {
        return TcpEnd.of(address.getAddress().getAddress(), address.getPort());
    }

    static byte[] text(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] joined(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    /** Connects and sends that in one write. */
    Socket send(byte[]... parts) throws IOException {
        Socket socket = running.client().openSocket();
        socket.getOutputStream().write(joined(parts));
        return socket;
    }

    /** Sends, and waits until the proxy has read it. */
    void sendAndAwait(Socket socket, byte[] bytes) throws IOException {
        long before = running.stats().bytesFromClients();
        socket.getOutputStream().write(bytes);
        running.await("it is read", () -> running.stats().bytesFromClients() == before + bytes.length);
    }

    @Override
    public void close() {
        running.close();
        origin.close();
    }
}
