package io.github.mtgjava.examples.load;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All clients of a run, and the loop that they live on: every method works until what it says is done, on the caller's
 * thread, and throws when any client fails.
 */
final class Clients implements Closeable, Client.Listener {

    /** A deadline that is never reached. */
    static final long NEVER = Long.MAX_VALUE;

    private static final long STALL_NANOS = 20_000_000_000L;
    private static final long TURN_MILLIS = 100;

    private final Loop loop = new Loop();
    private final Target target;
    private final List<Client> kept = new ArrayList<>();
    private final Latencies latencies = new Latencies();
    private @Nullable IOException failure;
    private boolean keeps;
    private long busy;
    private long finished;
    private long moved;
    private long movedBefore;
    private long lastMoveNanos;

    Clients(Target target) throws IOException {
        this.target = target;
    }

    /** Connects so many clients, {@code atOnce} at a time, and keeps them. */
    void open(int count, int atOnce) throws IOException {
        keeps = true;
        shakeHands(count, atOnce, NEVER);
    }

    /**
     * Connects clients, {@code atOnce} at a time, and closes each after its handshake.
     *
     * @param deadlineNanos where to stop though there are more to come, in terms of {@link System#nanoTime}
     * @return how many there were
     */
    long churn(long count, int atOnce, long deadlineNanos) throws IOException {
        keeps = false;
        return shakeHands(count, atOnce, deadlineNanos);
    }

    private long shakeHands(long count, int atOnce, long deadlineNanos) throws IOException {
        begin();
        for (long opened = 0; opened < count && isBefore(deadlineNanos); ) {
            if (busy < atOnce) {
                opened++;
                busy++;
                Client client = Client.open(loop, target, this);
                if (keeps) {
                    kept.add(client);
                }
            } else {
                turn(TURN_MILLIS);
            }
        }
        while (busy > 0) {
            turn(TURN_MILLIS);
        }
        return finished;
    }

    /**
     * Has all kept clients carry out a command.
     *
     * @param total bytes of all clients together, at least one for each
     * @param message bytes of an echoed message, 0 for other commands
     * @param deadlineNanos where to stop in the middle, which leaves the clients fit for nothing but {@link #close}
     * @return how many bytes the clients received, or sent if it was an upload
     */
    long transfer(Command.Op op, long total, int message, long deadlineNanos) throws IOException {
        begin();
        busy = kept.size();
        long units = message == 0 ? total : total / message;
        long unit = Math.max(1, message);
        for (int i = 0; i < kept.size(); i++) {
            long share = units / kept.size() + (i < units % kept.size() ? 1 : 0);
            kept.get(i).start(new Command(op, target.check(), share * unit), message);
        }
        while (busy > 0 && isBefore(deadlineNanos)) {
            turn(TURN_MILLIS);
        }
        long bytes = 0;
        for (Client client : kept) {
            bytes += op == Command.Op.UP ? client.sent() : client.received();
        }
        return bytes;
    }

    /** Keeps the connections open, and does nothing. */
    void hold(long nanos) throws IOException {
        begin();
        long deadline = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = deadline - System.nanoTime()) {
            loop.turn(left / 1_000_000 + 1);
            throwFailure();
        }
    }

    /** Of the last {@link #transfer}, if that echoed messages. */
    Latencies latencies() {
        return latencies;
    }

    private void begin() {
        latencies.clear();
        finished = 0;
        lastMoveNanos = System.nanoTime();
    }

    private static boolean isBefore(long deadlineNanos) {
        return deadlineNanos == NEVER || System.nanoTime() - deadlineNanos < 0;
    }

    private void turn(long millis) throws IOException {
        loop.turn(millis);
        throwFailure();
        long now = System.nanoTime();
        if (moved != movedBefore) {
            movedBefore = moved;
            lastMoveNanos = now;
        } else if (now - lastMoveNanos > STALL_NANOS) {
            throw new IOException("nothing moved for " + STALL_NANOS / 1_000_000_000L + " s, " + busy
                    + " clients are waiting for something");
        }
    }

    private void throwFailure() throws IOException {
        if (failure != null) {
            throw new IOException("a client failed: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void moved(long bytes) {
        moved += bytes;
    }

    @Override
    public void roundTrip(long nanos) {
        latencies.add(nanos);
    }

    @Override
    public void done(Client client) {
        busy--;
        finished++;
        if (!keeps) {
            client.close();
        }
    }

    @Override
    public void failed(IOException cause) {
        if (failure == null) {
            failure = cause;
        }
    }

    /** Closes every connection. */
    @Override
    public void close() {
        loop.close();
    }
}
