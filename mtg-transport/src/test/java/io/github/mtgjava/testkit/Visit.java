package io.github.mtgjava.testkit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.util.Arrays;

/** One connection to a {@link RecordingOrigin}. Every wait is limited to 20 seconds. Thread-safe. */
public final class Visit {
    private final Socket socket;
    private final Monitor monitor;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();
    private End end = End.NONE;
    private boolean abandoned;

    private enum End {
        NONE,
        FIN,
        RESET
    }

    Visit(Socket socket, Monitor monitor) {
        this.socket = socket;
        this.monitor = monitor;
    }

    /** Reads until the connection ends, one way or the other. */
    void record() throws IOException {
        // A visitor may be silent as long as it likes; close() ends the wait.
        socket.setSoTimeout(0);
        InputStream in = socket.getInputStream();
        byte[] chunk = new byte[16 * 1024];
        try {
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                int length = n;
                monitor.change(() -> received.write(chunk, 0, length));
            }
            monitor.change(() -> end = End.FIN);
        } catch (SocketException e) {
            if (!socket.isClosed()) {
                monitor.change(() -> end = End.RESET);
            }
        }
    }

    /** Returns everything received so far. */
    public byte[] bytes() {
        return monitor.read(received::toByteArray);
    }

    /**
     * Waits for {@code count} bytes and returns the first {@code count} of the connection. An {@link AssertionError} if
     * the connection ends or the time passes before.
     */
    public byte[] awaitBytes(int count) {
        monitor.await(() -> received.size() >= count || end != End.NONE, Monitor.LIMIT);
        byte[] bytes = bytes();
        if (bytes.length < count) {
            throw new AssertionError("only " + bytes.length + " of " + count + " bytes came; end: " + end());
        }
        return Arrays.copyOf(bytes, count);
    }

    /** Waits for the end of the connection; returns whether it was a FIN. */
    public boolean awaitFin() {
        return awaitEnd() == End.FIN;
    }

    /** Waits for the end of the connection; returns whether it was a RST. */
    public boolean awaitReset() {
        return awaitEnd() == End.RESET;
    }

    /** Sends bytes to the visitor. */
    public void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    /** Sends a FIN; receiving goes on. */
    public void finish() throws IOException {
        socket.shutdownOutput();
    }

    /** Ends the connection with a RST. */
    public void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
        monitor.change(() -> abandoned = true);
    }

    /** Whether the test has reset the connection; to be called under the lock. */
    boolean abandoned() {
        return abandoned;
    }

    private End awaitEnd() {
        monitor.await(() -> end != End.NONE, Monitor.LIMIT);
        return end();
    }

    private End end() {
        return monitor.read(() -> end);
    }
}
