package io.github.mtgjava.endtoend;

import io.github.mtgjava.LinkCloseReason;
import io.github.mtgjava.LinkFailureReason;
import io.github.mtgjava.RefusalReason;
import io.github.mtgjava.spi.Admission;
import io.github.mtgjava.spi.Ending;
import io.github.mtgjava.spi.ProxyObserver;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Writes down what an observer is told, in order, and wakes whoever waits for something to be so. */
final class EventLog implements ProxyObserver {

    /** How long a state may take to come about that no event announces, such as a level going down after its event. */
    private static final long LOOK_AGAIN_MILLIS = 5;

    private final List<String> events = new ArrayList<>();
    private @Nullable Throwable firstCrash;

    private synchronized void add(String event) {
        events.add(event);
        notifyAll();
    }

    synchronized List<String> all() {
        return List.copyOf(events);
    }

    synchronized boolean hasCrashes() {
        return firstCrash != null;
    }

    @Nullable
    synchronized Throwable firstCrash() {
        return firstCrash;
    }

    /** The caller expected the fault. */
    synchronized void forgiveCrashes() {
        firstCrash = null;
    }

    boolean contains(String event) {
        return all().contains(event);
    }

    void awaitEvent(String event) {
        await(event, () -> contains(event));
    }

    void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + RunningCase.LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            if (deadline - System.nanoTime() < 0) {
                throw new AssertionError("not within the limit: " + what + "; events: " + all());
            }
            synchronized (this) {
                try {
                    wait(LOOK_AGAIN_MILLIS);
                } catch (InterruptedException interrupted) {
                    throw new AssertionError(interrupted);
                }
            }
        }
    }

    @Override
    public void accepted(long connection, InetSocketAddress client) {
        add("accepted " + connection);
    }

    @Override
    public void handshakeDone(Admission client) {
        add("handshake " + client.connection() + " " + client.secretType() + " " + client.transport() + " "
                + client.dc());
    }

    @Override
    public void refused(long connection, InetSocketAddress client, RefusalReason reason) {
        add("refused " + connection + " " + reason);
    }

    @Override
    public void cloaked(long connection, RefusalReason reason) {
        add("cloaked " + connection + " " + reason);
    }

    @Override
    public void replayDetected(long connection, InetSocketAddress client) {
        add("replay " + connection);
    }

    @Override
    public void cloakEnded(long connection, RefusalReason reason, long fromClient, long toClient, Duration duration) {
        add("cloak ended " + connection + " " + reason + " " + fromClient + " " + toClient);
    }

    @Override
    public void cloakFailed(long connection, RefusalReason reason, Duration duration) {
        add("cloak failed " + connection + " " + reason);
    }

    @Override
    public void telegramConnected(long connection, int dc, InetSocketAddress address, Duration duration) {
        add("telegram " + connection + " " + dc);
    }

    @Override
    public void telegramConnectFailed(long connection, int dc, InetSocketAddress address, Duration duration) {
        add("unreachable " + connection + " " + dc);
    }

    @Override
    public void closed(Ending ending) {
        add("closed " + ending.connection() + " " + ending.reason());
    }

    @Override
    public void linkOpened(long link, int dc, InetSocketAddress address, Duration duration) {
        add("link opened " + dc);
    }

    @Override
    public void linkFailed(int dc, @Nullable InetSocketAddress address, LinkFailureReason reason, Duration duration) {
        add("link failed " + dc + " " + reason);
    }

    @Override
    public void linkClosed(long link, int dc, LinkCloseReason reason, int clients, Duration duration) {
        add("link closed " + dc + " " + reason + " " + clients);
    }

    @Override
    public synchronized void crashed(Throwable failure) {
        if (firstCrash == null) {
            firstCrash = failure;
        }
        add("crashed " + failure);
    }
}
