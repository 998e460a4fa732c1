package io.github.mtgjava.examples.load;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * All clients of a run, and the loop that they live on: every method works until what it says is done, on the caller's
 * thread, and throws when more clients fail than may.
 */
final class Clients implements Closeable, Client.Listener {

    /** A deadline that is never reached. */
    static final long NEVER = Long.MAX_VALUE;

    private static final long STALL_NANOS = 20_000_000_000L;
    private static final long TURN_MILLIS = 100;

    private final Loop loop = new Loop();
    private final Target target;
    private final long maxErrors;
    private final Progress progress;
    private final Set<Client> kept = new LinkedHashSet<>();
    private final Set<Client> busy = new HashSet<>();
    private final Histogram latencies = new Histogram(3);
    private @Nullable IOException failure;
    private Command.@Nullable Op op;
    private boolean keeps;
    private long errors;
    private long finished;
    private long lost;
    private long moved;
    private long movedAtBegin;
    private long movedBefore;
    private long lastMoveNanos;

    /**
     * None yet.
     *
     * @param maxErrors how many may fail, all methods taken together
     */
    Clients(Target target, long maxErrors, Progress progress) throws IOException {
        this.target = target;
        this.maxErrors = maxErrors;
        this.progress = progress;
    }

    /** Connects so many clients, {@code atOnce} at a time, and keeps them; returns how many came in. */
    long open(int count, int atOnce) throws IOException {
        keeps = true;
        return shakeHands(count, atOnce, NEVER);
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
        begin(null, "connecting", Progress.Unit.HANDSHAKES, deadlineNanos == NEVER ? count : 0);
        for (long opened = 0; opened < count && isBefore(deadlineNanos); ) {
            if (busy.size() < atOnce) {
                opened++;
                open();
            } else {
                turn(TURN_MILLIS);
            }
        }
        while (!busy.isEmpty()) {
            turn(TURN_MILLIS);
        }
        throwFailure();
        return finished;
    }

    private void open() throws IOException {
        Client client = new Client(loop, target, this);
        busy.add(client);
        if (keeps) {
            kept.add(client);
        }
        client.connect();
        throwFailure();
    }

    /**
     * Has all kept clients carry out a command.
     *
     * @param total bytes of all clients together, at least one for each
     * @param message bytes of an echoed message, 0 for other commands
     * @param deadlineNanos where to stop in the middle, which leaves the clients fit for nothing but {@link #close}
     * @return how many bytes the clients received, or sent if it was an upload
     */
    long transfer(Command.Op newOp, long total, int message, long deadlineNanos) throws IOException {
        long unit = Math.max(1, message);
        long units = total / unit;
        begin(
                newOp,
                newOp.name().toLowerCase(Locale.ROOT),
                message == 0 ? Progress.Unit.MEGABYTES : Progress.Unit.MESSAGES,
                deadlineNanos == NEVER ? units : 0);
        List<Client> clients = List.copyOf(kept);
        if (clients.isEmpty()) {
            throw new IOException("every client has failed");
        }
        busy.addAll(clients);
        for (int i = 0; i < clients.size(); i++) {
            long share = units / clients.size() + (i < units % clients.size() ? 1 : 0);
            clients.get(i).start(new Command(newOp, target.check(), share * unit), message);
        }
        while (!busy.isEmpty() && isBefore(deadlineNanos)) {
            turn(TURN_MILLIS);
        }
        throwFailure();
        return lost + kept.stream().mapToLong(client -> done(newOp, client)).sum();
    }

    private static long done(Command.Op op, Client client) {
        return op == Command.Op.UP ? client.sent() : client.received();
    }

    /** Keeps the connections open, and does nothing. */
    void hold(long nanos) throws IOException {
        progress.begin("holding", Progress.Unit.CONNECTIONS, 0);
        long deadline = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = deadline - System.nanoTime()) {
            loop.turn(Math.min(left / 1_000_000 + 1, TURN_MILLIS));
            throwFailure();
            progress.at(kept.size(), errors);
        }
    }

    /** Of handshakes, or of the messages that were echoed, in nanoseconds: whatever was done last. */
    Histogram latencies() {
        return latencies;
    }

    /** How many clients have failed. */
    long errors() {
        return errors;
    }

    /** No operation stands for handshakes. */
    private void begin(Command.@Nullable Op newOp, String what, Progress.Unit unit, long goal) {
        op = newOp;
        latencies.reset();
        finished = 0;
        lost = 0;
        movedAtBegin = moved;
        lastMoveNanos = System.nanoTime();
        progress.begin(what, unit, goal);
    }

    private long amount() {
        return op == null ? finished : op == Command.Op.ECHO ? latencies.getTotalCount() : moved - movedAtBegin;
    }

    private static boolean isBefore(long deadlineNanos) {
        return deadlineNanos == NEVER || System.nanoTime() - deadlineNanos < 0;
    }

    private void turn(long millis) throws IOException {
        loop.turn(millis);
        throwFailure();
        progress.at(amount(), errors);
        long now = System.nanoTime();
        if (moved != movedBefore) {
            movedBefore = moved;
            lastMoveNanos = now;
        } else if (now - lastMoveNanos > STALL_NANOS) {
            throw new IOException("nothing moved for " + STALL_NANOS / 1_000_000_000L + " s, " + busy.size()
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
        latencies.recordValue(nanos);
    }

    @Override
    public void done(Client client) {
        busy.remove(client);
        finished++;
        if (op == null) {
            latencies.recordValue(System.nanoTime() - client.openedAt());
            if (!keeps) {
                client.close();
            }
        }
    }

    @Override
    public void failed(Client client, IOException cause) {
        if (busy.remove(client) && op != null) {
            lost += done(op, client);
        }
        kept.remove(client);
        if (++errors > maxErrors && failure == null) {
            failure = cause;
        }
    }

    /** Closes every connection. */
    @Override
    public void close() {
        loop.close();
    }
}
