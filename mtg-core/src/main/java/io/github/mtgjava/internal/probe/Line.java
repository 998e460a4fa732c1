package io.github.mtgjava.internal.probe;

import io.github.mtgjava.probe.ProbeException;
import io.github.mtgjava.probe.ProbeException.Fault;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;

/**
 * The one TCP connection of a probe. Everything on it ends before one deadline, no more than {@value #MAX_BYTES} bytes are
 * read, and every failure is a {@link ProbeException} that tells what was waited for. Belongs to one thread.
 */
final class Line implements AutoCloseable {

    static final int MAX_BYTES = 256 * 1024;

    private static final int CHUNK_BYTES = 16 * 1024;
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Socket socket = new Socket();
    private final byte[] chunk = new byte[CHUNK_BYTES];
    private final String peer;
    private final Duration limit;
    private final long startNanos = System.nanoTime();
    private String awaited = "";
    private String possibleCause = "";
    private int bytesRead;

    private Line(String peer, Duration limit) {
        this.peer = peer;
        this.limit = limit;
    }

    /**
     * Connects.
     *
     * @param who the other side's name in messages, which add its address
     * @param limit for all that happens on this line
     */
    static Line connect(String who, InetSocketAddress address, Duration limit) throws ProbeException {
        if (address.isUnresolved()) {
            throw new IllegalArgumentException("The address has to be resolved: " + address.getHostString());
        }
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("The limit has to be positive: " + limit);
        }
        Line line = new Line(who + " at " + text(address), limit.compareTo(LONGEST) < 0 ? limit : LONGEST);
        try {
            // Zero would mean for ever.
            line.socket.connect(address, Math.max(1, line.millisLeft()));
            line.socket.setTcpNoDelay(true);
            return line;
        } catch (SocketTimeoutException e) {
            line.close();
            throw new ProbeException(
                    Fault.CANNOT_CONNECT, line.peer + " did not accept a connection within " + text(limit), e);
        } catch (IOException e) {
            line.close();
            throw new ProbeException(Fault.CANNOT_CONNECT, "cannot connect to " + line.peer + ": " + e.getMessage(), e);
        }
    }

    /**
     * Says what the next reads are for.
     *
     * @param what as the object of "did not send"
     * @param whyNot what to tell if it does not come; may be empty
     */
    void waitFor(String what, String whyNot) {
        awaited = what;
        possibleCause = whyNot.isEmpty() ? "" : ": " + whyNot;
    }

    /** Sends at once. What probes send fits into the buffers of a fresh connection, so this does not block. */
    void write(byte[] bytes) throws ProbeException {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw lost(e);
        }
    }

    /** Waits for the next bytes, 1 or more. The buffer is valid until the next read. */
    ByteBuffer read() throws ProbeException {
        int length = read(millisLeft());
        if (length == 0) {
            throw new ProbeException(
                    Fault.TIMED_OUT, peer + " did not send " + awaited + " within " + text(limit) + possibleCause);
        }
        if (length < 0) {
            throw new ProbeException(
                    Fault.CLOSED, peer + " closed the connection and did not send " + awaited + possibleCause);
        }
        return ByteBuffer.wrap(chunk, 0, length);
    }

    /** Like {@link #read()}, but an empty buffer at the end of the stream, after this long a silence, or at the deadline. */
    ByteBuffer readUntilSilence(Duration silence) throws ProbeException {
        int length = read((int) Math.min(silence.toMillis(), millisLeft()));
        return ByteBuffer.wrap(chunk, 0, Math.max(length, 0));
    }

    /** The time since the beginning of {@link #connect}. */
    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    /** For throwing: the other side did something wrong. */
    ProbeException badAnswer(String what) {
        return new ProbeException(Fault.BAD_ANSWER, peer + " " + what);
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // Nobody needs it any more.
        }
    }

    /** How many bytes came; 0 if none did in time, −1 at the end of the stream. */
    private int read(int millis) throws ProbeException {
        if (millis <= 0) {
            return 0;
        }
        int length;
        try {
            socket.setSoTimeout(millis);
            length = socket.getInputStream().read(chunk);
        } catch (SocketTimeoutException e) {
            return 0;
        } catch (IOException e) {
            throw lost(e);
        }
        bytesRead += Math.max(length, 0);
        if (bytesRead > MAX_BYTES) {
            throw badAnswer("sends and sends, but not " + awaited);
        }
        return length;
    }

    private ProbeException lost(IOException e) {
        String reason = String.valueOf(e.getMessage());
        if (reason.toLowerCase(Locale.ROOT).contains("reset")) {
            return new ProbeException(
                    Fault.RESET, peer + " reset the connection and did not send " + awaited + possibleCause, e);
        }
        return new ProbeException(Fault.CLOSED, "the connection to " + peer + " was lost (" + reason + ")", e);
    }

    /** Rounded up, so that 0 means that the time has passed. */
    private int millisLeft() {
        return (int) Math.max(0, limit.minus(elapsed()).plusNanos(999_999).toMillis());
    }

    private static String text(InetSocketAddress address) {
        String ip = address.getAddress().getHostAddress();
        return (address.getAddress() instanceof Inet6Address ? "[" + ip + "]" : ip) + ":" + address.getPort();
    }

    private static String text(Duration limit) {
        return limit.toMillis() % 1000 == 0 ? limit.toSeconds() + " s" : limit.toMillis() + " ms";
    }
}
