package io.github.mtgjava.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Writes down how a dial ends, "connected" or "failed", and which addresses failed on the way. */
class RecordingDialHandler implements DialHandler {
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final List<SocketChannel> channels = new ArrayList<>();
    private final List<InetSocketAddress> addresses = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private final List<Integer> overtaken = new ArrayList<>();

    @Override
    public void onConnected(SocketChannel channel, Route route) {
        synchronized (this) {
            channels.add(channel);
            addresses.add(route.address());
        }
        events.add("connected");
    }

    @Override
    public void onAttemptFailed(Route route, long nanos, String error) {
        synchronized (this) {
            errors.add(error);
            failed.add(route.address().getPort() + " after "
                    + Duration.ofNanos(nanos).toMillis());
        }
    }

    @Override
    public void onOvertaken(Route route) {
        synchronized (this) {
            overtaken.add(route.address().getPort());
        }
    }

    @Override
    public void onDialFailed() {
        events.add("failed");
    }

    /** Waits for the next event. */
    String next() throws InterruptedException {
        String event = events.poll(TestLoop.LIMIT_MILLIS, TimeUnit.MILLISECONDS);
        assertThat(event).as("the dial ends").isNotNull();
        return event;
    }

    /** What happened that {@link #next} has not returned. */
    Iterable<String> events() {
        return events;
    }

    /** The ports of the addresses that failed, each with the milliseconds that it took. */
    synchronized List<String> failed() {
        return List.copyOf(failed);
    }

    /** What was said of those that failed. */
    synchronized List<String> errors() {
        return List.copyOf(errors);
    }

    /** The ports of the addresses that were overtaken. */
    synchronized List<Integer> overtaken() {
        return List.copyOf(overtaken);
    }

    /** The channel of the last success. */
    synchronized SocketChannel channel() {
        return channels.get(channels.size() - 1);
    }

    /** The address of the last success. */
    synchronized InetSocketAddress address() {
        return addresses.get(addresses.size() - 1);
    }
}
