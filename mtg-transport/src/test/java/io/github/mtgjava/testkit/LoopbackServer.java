package io.github.mtgjava.testkit;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What all servers of the testkit have in common, and those of other tests may: a listener, a daemon thread per connection,
 * the count of open connections and the collection of errors. Thread-safe.
 */
public final class LoopbackServer implements AutoCloseable {
    static final int BACKLOG = 1024;

    private final ServerSocket listener;
    private final String name;
    private final Handler handler;
    private final Monitor monitor = new Monitor();
    private final Set<Socket> open = new HashSet<>();
    private final Set<Socket> outgoing = new HashSet<>();
    private final List<Throwable> errors = new ArrayList<>();
    private int accepted;
    private boolean accepting = true;
    private boolean closed;

    /** One connection's life, on its own thread; the socket is closed when it returns or throws. */
    @FunctionalInterface
    public interface Handler {

        /** Serves it to its end; what it throws, but for disconnects, {@link LoopbackServer#close} reports. */
        void serve(Socket socket) throws IOException;
    }

    private LoopbackServer(String name, ServerSocket listener, Handler handler) {
        this.name = name;
        this.listener = listener;
        this.handler = handler;
    }

    /** Listens on an ephemeral port of {@code host}; a read from a connection takes 20 seconds at the most. */
    public static LoopbackServer start(String name, InetAddress host, Handler handler) throws IOException {
        return start(name, new ServerSocket(0, BACKLOG, host), handler);
    }

    /** Serves a listener that is bound already, and owns it from now on. */
    static LoopbackServer start(String name, ServerSocket listener, Handler handler) {
        LoopbackServer server = new LoopbackServer(name, listener, handler);
        server.fork(name + "-acceptor", server::acceptUntilClosed);
        return server;
    }

    /** Returns 127.0.0.1, whatever the machine's name resolves to. */
    public static InetAddress ipv4() {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        } catch (IOException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }

    /** Returns the address to connect to. */
    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    Monitor monitor() {
        return monitor;
    }

    int open() {
        return monitor.read(open::size);
    }

    /** Returns how many connections have come. */
    public int accepted() {
        return monitor.read(() -> accepted);
    }

    boolean awaitOpen(int count, Duration limit) {
        return monitor.await(() -> open.size() == count, limit);
    }

    boolean awaitAccepted(int count, Duration limit) {
        return monitor.await(() -> accepted >= count, limit);
    }

    /** Runs {@code body} on a daemon thread; its failures count like those of a handler. */
    Thread fork(String threadName, Body body) {
        Thread thread = new Thread(() -> guard(body), threadName);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Something that may fail on a thread of the server. */
    interface Body {
        void run() throws IOException;
    }

    /** Connects somewhere else on behalf of a visitor; whoever does closes it, or {@link #close} does. */
    Socket connect(InetSocketAddress target) throws IOException {
        Socket socket = new Socket(target.getAddress(), target.getPort());
        synchronized (monitor) {
            if (closed) {
                socket.close();
            }
            outgoing.removeIf(Socket::isClosed);
            outgoing.add(socket);
        }
        return socket;
    }

    /** Throws an {@link AssertionError} with all that went wrong so far, if anything did. */
    void assertHealthy() {
        List<Throwable> failures = monitor.read(() -> List.copyOf(errors));
        if (!failures.isEmpty()) {
            AssertionError error = new AssertionError(name + " met " + failures.size() + " error(s)", failures.get(0));
            failures.stream().skip(1).forEach(error::addSuppressed);
            throw error;
        }
    }

    /** Takes no connections any more, from the return of this method on; those that are open stay. */
    void stopListening() {
        try {
            listener.close();
        } catch (IOException e) {
            monitor.change(() -> errors.add(e));
        }
        // A thread that is still in accept() keeps the kernel's listener, which goes on to let connections in.
        if (!monitor.await(() -> !accepting, Monitor.LIMIT)) {
            monitor.change(() -> errors.add(new AssertionError("the listener does not close")));
        }
    }

    /** Ends every connection that is open. */
    public void disconnect() {
        monitor.read(() -> List.copyOf(open)).forEach(this::closeSocket);
    }

    /** Closes the listener and every connection, then {@linkplain #assertHealthy() reports}. Idempotent. */
    @Override
    public void close() {
        monitor.change(() -> closed = true);
        try {
            listener.close();
        } catch (IOException e) {
            monitor.change(() -> errors.add(e));
        }
        disconnect();
        monitor.read(() -> List.copyOf(outgoing)).forEach(this::closeSocket);
        if (!monitor.await(open::isEmpty, Monitor.LIMIT)) {
            monitor.change(() -> errors.add(new AssertionError("connections still open: " + open.size())));
        }
        assertHealthy();
    }

    private void acceptUntilClosed() throws IOException {
        try {
            accept();
        } finally {
            monitor.change(() -> accepting = false);
        }
    }

    private void accept() throws IOException {
        while (true) {
            Socket socket = listener.accept();
            synchronized (monitor) {
                if (closed) {
                    socket.close();
                    return;
                }
                open.add(socket);
                accepted++;
                monitor.notifyAll();
            }
            fork(name + "-" + socket.getPort(), () -> serve(socket));
        }
    }

    private void serve(Socket socket) {
        guard(() -> {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout((int) Monitor.LIMIT.toMillis());
            handler.serve(socket);
        });
        // Only now, so that whoever sees the connection gone sees its errors too.
        closeSocket(socket);
        monitor.change(() -> open.remove(socket));
    }

    private void guard(Body body) {
        try {
            body.run();
        } catch (SocketException | EOFException e) {
            // A peer that disconnects, or our own close(): part of every session's life.
        } catch (IOException | RuntimeException | Error e) {
            monitor.change(() -> {
                if (!closed) {
                    errors.add(e);
                }
            });
        }
    }

    private void closeSocket(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            monitor.change(() -> errors.add(e));
        }
    }
}
