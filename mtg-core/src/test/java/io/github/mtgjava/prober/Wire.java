package io.github.mtgjava.prober;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A prober's connection to its target, and what it has learned there. */
final class Wire implements AutoCloseable {

    private static final long BREATH_NANOS = 1_000_000;

    private final Target target;
    private final int patienceMillis;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private final byte[] chunk = new byte[16 * 1024];
    private Socket socket;
    private Stage stage = Stage.AT_ONCE;
    private @Nullable Stage answeredAt;
    private @Nullable Stage endedAt;
    private End end = End.NONE;

    /** A write failed: there was a reset, whatever a read says. */
    private boolean broken;

    private Wire(Target target, Socket socket, Duration patience) {
        this.target = target;
        this.socket = socket;
        this.patienceMillis = (int) patience.toMillis();
    }

    /** Connects to the target; when nothing has come for so long it is thought that nothing more will come. */
    static Wire to(Target target, Duration patience) throws IOException {
        return new Wire(target, target.connect(), patience);
    }

    void send(byte[] bytes) {
        if (!broken) {
            try {
                socket.getOutputStream().write(bytes);
            } catch (IOException reset) {
                broken = true;
            }
        }
    }

    void finish() {
        try {
            socket.shutdownOutput();
        } catch (IOException reset) {
            broken = true;
        }
    }

    void resetAndConnectAgain() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
        heard.reset();
        answeredAt = null;
        endedAt = null;
        stage = Stage.AT_ONCE;
        end = End.NONE;
        broken = false;
        socket = target.connect();
    }

    /** Reads until the other side ends or falls silent. */
    void listen() throws IOException {
        if (endedAt != null) {
            return;
        }
        socket.setSoTimeout(patienceMillis);
        try {
            InputStream in = socket.getInputStream();
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                hear(chunk, count);
            }
            ended(broken ? End.RESET : End.FIN);
        } catch (SocketTimeoutException silence) {
            // It is the next one's turn.
        } catch (SocketException reset) {
            ended(End.RESET);
        }
    }

    /** After the other side's FIN: sends until there is a reset, or no hope of one. */
    void insist() {
        long deadline = System.nanoTime() + Duration.ofMillis(patienceMillis).toNanos();
        while (end == End.FIN && deadline - System.nanoTime() > 0) {
            send(new byte[] {0});
            if (broken) {
                end = End.FIN_AND_RESET;
            } else {
                LockSupport.parkNanos(BREATH_NANOS);
            }
        }
    }

    /** Everything that was said inside TLS by somebody who speaks it. */
    void hearWhole(byte[] bytes, End how) {
        hear(bytes, bytes.length);
        ended(how);
    }

    private void hear(byte[] bytes, int count) {
        heard.write(bytes, 0, count);
        if (answeredAt == null && count > 0) {
            answeredAt = stage;
        }
    }

    private void ended(End how) {
        end = how;
        endedAt = stage;
    }

    /** Hears what comes before and, where there is such a deadline, what comes then. */
    void passDeadline() throws IOException {
        listen();
        if (endedAt == null && stage == Stage.AT_ONCE) {
            stage = Stage.AFTER_DEADLINE;
            if (target.passDeadline()) {
                listen();
            }
        }
    }

    void passOriginsPatience() throws IOException {
        if (endedAt == null && target.giveUp()) {
            stage = Stage.WHEN_ORIGIN_GAVE_UP;
            listen();
        }
    }

    Socket socket() {
        return socket;
    }

    Observation observation() {
        return new Observation(new Answer(heard.toByteArray()), answeredAt, end, endedAt);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
