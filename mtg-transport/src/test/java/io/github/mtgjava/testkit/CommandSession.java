package io.github.mtgjava.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicReference;

/** One connection of a {@link FakeTelegram} that obeys a {@link Command}. */
final class CommandSession {
    private static final int CHUNK = 64 * 1024;

    private final LoopbackServer server;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final Runnable holding;

    /**
     * Prepares a session.
     *
     * @param in the decrypted uplink
     * @param out encrypts the downlink
     * @param holding returns when held connections may read on
     */
    CommandSession(LoopbackServer server, Socket socket, InputStream in, OutputStream out, Runnable holding) {
        this.server = server;
        this.socket = socket;
        this.in = in;
        this.out = out;
        this.holding = holding;
    }

    void run() throws IOException {
        byte[] encoded = in.readNBytes(Command.LENGTH);
        if (encoded.length < Command.LENGTH) {
            return;
        }
        Command command = Command.decode(encoded);
        switch (command.op()) {
            case 'E' -> echo();
            case 'S' -> {
                source(command.bytes(), command.seed());
                discard();
            }
            case 'F' -> source(command.bytes(), command.seed());
            case 'K' -> {
                out.write(sink(command.bytes(), command.seed()));
                discard();
            }
            case 'B' -> {
                both(command);
                discard();
            }
            case 'X' -> socket.close();
            case 'R' -> {
                socket.setSoLinger(true, 0);
                socket.close();
            }
            case 'H' -> {
                holding.run();
                discard();
            }
            default -> throw new AssertionError("no such command: " + (int) command.op());
        }
    }

    private void echo() throws IOException {
        waitForClient();
        byte[] chunk = new byte[CHUNK];
        for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
            out.write(chunk, 0, n);
        }
        socket.shutdownOutput();
    }

    private void source(long bytes, long seed) throws IOException {
        new PatternStream(seed).writeTo(out, bytes);
    }

    private int sink(long bytes, long seed) throws IOException {
        return new PatternStream(seed).verifyFrom(in, bytes) < 0 ? 'k' : 'x';
    }

    private void both(Command command) throws IOException {
        AtomicReference<Integer> verdict = new AtomicReference<>();
        Thread reader = server.fork("both", () -> verdict.set(sink(command.bytes(), command.seed())));
        source(command.secondBytes(), command.seed() + 1);
        try {
            reader.join();
        } catch (InterruptedException e) {
            throw new AssertionError("nobody interrupts the threads of a fake", e);
        }
        if (verdict.get() != null) {
            out.write(verdict.get());
        }
    }

    private void discard() throws IOException {
        waitForClient();
        byte[] chunk = new byte[CHUNK];
        while (in.read(chunk) >= 0) {
            continue;
        }
    }

    /** The client may now be silent as long as it likes; closing the server still ends the wait. */
    private void waitForClient() throws IOException {
        socket.setSoTimeout(0);
    }
}
