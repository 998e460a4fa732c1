package io.github.mtgjava.internal.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;

/** A server on 127.0.0.1 that does with every connection, one after the other, what a script says. */
public final class ScriptedServer implements AutoCloseable {

    private static final int MILLIS = 20_000;

    private final ServerSocket listener;
    private final Script script;

    /** What to do with a connection; reads are limited to 20 seconds. A failure only ends the connection. */
    @FunctionalInterface
    public interface Script {
        void run(Socket socket) throws IOException;
    }

    private ScriptedServer(ServerSocket listener, Script script) {
        this.listener = listener;
        this.script = script;
    }

    public static ScriptedServer start(Script script) throws IOException {
        ServerSocket listener = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        ScriptedServer server = new ScriptedServer(listener, script);
        Thread thread = new Thread(server::serve, "scripted-server");
        thread.setDaemon(true);
        thread.start();
        return server;
    }

    /** Says nothing. */
    public static ScriptedServer silent() throws IOException {
        return start(ScriptedServer::awaitEnd);
    }

    /** Ends the stream at once. */
    public static ScriptedServer closing() throws IOException {
        return start(socket -> {
            socket.shutdownOutput();
            awaitEnd(socket);
        });
    }

    /** Resets the connection when the first bytes have come. */
    public static ScriptedServer resetting() throws IOException {
        return start(socket -> {
            socket.getInputStream().readNBytes(64);
            socket.setSoLinger(true, 0);
        });
    }

    /** Says this, whatever it is told. */
    public static ScriptedServer saying(byte[] bytes) throws IOException {
        return start(socket -> {
            socket.getOutputStream().write(bytes);
            awaitEnd(socket);
        });
    }

    /** Says the same again and again until nobody listens. */
    public static ScriptedServer repeating(byte[] bytes) throws IOException {
        return start(socket -> repeat(socket, bytes));
    }

    /** Random bytes without end. */
    public static ScriptedServer noisy() throws IOException {
        byte[] noise = new byte[10_007];
        new Random(11).nextBytes(noise);
        return repeating(noise);
    }

    static void repeat(Socket socket, byte[] bytes) throws IOException {
        while (true) {
            socket.getOutputStream().write(bytes);
        }
    }

    /** Reads until the other side has ended the connection. */
    static void awaitEnd(Socket socket) throws IOException {
        byte[] chunk = new byte[4096];
        while (socket.getInputStream().read(chunk) >= 0) {
            continue;
        }
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) listener.getLocalSocketAddress();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }

    private void serve() {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                socket.setSoTimeout(MILLIS);
                socket.setTcpNoDelay(true);
                script.run(socket);
            } catch (IOException e) {
                // The visitor is gone, or close() was called.
            }
        }
    }
}
