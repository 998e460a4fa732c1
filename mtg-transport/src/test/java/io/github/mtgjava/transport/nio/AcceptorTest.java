package io.github.mtgjava.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AcceptorTest {
    private final BlockingQueue<SocketChannel> accepted = new LinkedBlockingQueue<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private TestLoop loop;

    @BeforeEach
    void start() throws Exception {
        loop = new TestLoop();
    }

    @AfterEach
    void end() throws Exception {
        loop.close();
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private static InetAddress ipv4() throws IOException {
        return InetAddress.getByName("127.0.0.1");
    }

    private Acceptor accept(String host, Consumer<SocketChannel> handler) throws Exception {
        ServerSocketChannel channel = Acceptor.bind(new InetSocketAddress(InetAddress.getByName(host), 0));
        open.add(channel);
        return loop.call(() -> Acceptor.start(loop.loop(), channel, new SocketOptions(20_000, 30_000), handler));
    }

    private Acceptor accept(String host) throws Exception {
        return accept(host, accepted::add);
    }

    private Socket connect(InetAddress host, Acceptor acceptor) throws IOException {
        Socket client = new Socket(host, acceptor.address().getPort());
        client.setSoTimeout((int) TestLoop.LIMIT_MILLIS);
        open.add(client);
        return client;
    }

    private SocketChannel nextAccepted() throws InterruptedException {
        SocketChannel channel = accepted.poll(TestLoop.LIMIT_MILLIS, TimeUnit.MILLISECONDS);
        assertThat(channel).as("an accepted connection").isNotNull();
        open.add(channel);
        return channel;
    }

    @Test
    void handsConnectionsOnSetUpAndNonBlocking() throws Exception {
        Acceptor acceptor = accept("127.0.0.1");
        Socket client = connect(ipv4(), acceptor);

        SocketChannel channel = nextAccepted();
        assertThat(channel.getRemoteAddress()).isEqualTo(client.getLocalSocketAddress());
        assertThat(channel.isBlocking()).isFalse();
        assertThat(channel.isRegistered()).isFalse();
        assertThat(channel.getOption(StandardSocketOptions.TCP_NODELAY)).isTrue();
        assertThat(channel.getOption(StandardSocketOptions.SO_KEEPALIVE)).isTrue();
        // Linux doubles what it is asked for.
        assertThat(channel.getOption(StandardSocketOptions.SO_RCVBUF)).isBetween(20_000, 40_000);
        assertThat(channel.getOption(StandardSocketOptions.SO_SNDBUF)).isBetween(30_000, 60_000);
    }

    @Test
    void knowsItsRealPort() throws Exception {
        Acceptor acceptor = accept("127.0.0.1");
        assertThat(acceptor.address().getPort()).isPositive();
        assertThat(acceptor.address().getAddress()).isEqualTo(ipv4());
    }

    @Test
    void acceptsMoreThanOneTurnTakes() throws Exception {
        Acceptor acceptor = accept("127.0.0.1");
        CountDownLatch queued = new CountDownLatch(1);
        // Keeps the loop from accepting until all of them wait in the kernel's queue.
        Future<Boolean> busy = loop.post(() -> queued.await(TestLoop.LIMIT_MILLIS, TimeUnit.MILLISECONDS));
        for (int i = 0; i < 150; i++) {
            connect(ipv4(), acceptor);
        }
        queued.countDown();
        assertThat(busy.get()).isTrue();
        for (int i = 0; i < 150; i++) {
            nextAccepted();
        }
    }

    @Test
    void listensForIpv4OnlyOnTheIpv4Wildcard() throws Exception {
        Ipv6.listen().close();
        Acceptor acceptor = accept("0.0.0.0");
        connect(ipv4(), acceptor);
        nextAccepted();
        assertThatThrownBy(() -> connect(Ipv6.loopback(), acceptor)).isInstanceOf(ConnectException.class);
    }

    @Test
    void listensForBothOnTheIpv6Wildcard() throws Exception {
        Ipv6.listen().close();
        Acceptor acceptor = accept("::");
        connect(Ipv6.loopback(), acceptor);
        nextAccepted();
        connect(ipv4(), acceptor);
        nextAccepted();
    }

    @Test
    void losesOnlyTheConnectionWhoseHandlerThrows() throws Exception {
        AtomicBoolean failing = new AtomicBoolean(true);
        Acceptor acceptor = accept("127.0.0.1", channel -> {
            if (failing.getAndSet(false)) {
                throw new IllegalStateException("on purpose");
            }
            accepted.add(channel);
        });
        Socket doomed = connect(ipv4(), acceptor);
        assertThat(loop.nextFailure()).isInstanceOf(IllegalStateException.class);
        assertThat(doomed.getInputStream().read()).isEqualTo(-1);

        connect(ipv4(), acceptor);
        nextAccepted();
    }

    @Test
    void listensNoMoreOnceClosed() throws Exception {
        Acceptor acceptor = accept("127.0.0.1");
        loop.run(acceptor::close);
        loop.run(acceptor::close);
        // The kernel's socket goes when the selector has let go of it.
        loop.settle();
        assertThatThrownBy(() -> connect(ipv4(), acceptor)).isInstanceOf(ConnectException.class);
    }

    @Test
    void mayBeClosedByTheHandlerOfAConnection() throws Exception {
        AtomicReference<Acceptor> self = new AtomicReference<>();
        Acceptor acceptor = accept("127.0.0.1", channel -> {
            self.get().close();
            accepted.add(channel);
        });
        self.set(acceptor);
        connect(ipv4(), acceptor);
        nextAccepted();
        loop.settle();
        assertThatThrownBy(() -> connect(ipv4(), acceptor)).isInstanceOf(ConnectException.class);
    }

    @Test
    void listensNoMoreOnceItsLoopHasEnded() throws Exception {
        Acceptor acceptor = accept("127.0.0.1");
        loop.loop().shutdown();
        assertThat(loop.loop().join(TestLoop.LIMIT_MILLIS)).isTrue();
        assertThatThrownBy(() -> connect(ipv4(), acceptor)).isInstanceOf(ConnectException.class);
    }

    @Test
    void refusesAPortThatIsTaken() throws Exception {
        Acceptor acceptor = accept("127.0.0.1");
        assertThatThrownBy(() -> Acceptor.bind(acceptor.address())).isInstanceOf(BindException.class);
    }
}
