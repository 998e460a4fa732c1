package io.github.mtgjava.transport.nio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Reads everything and writes down what happens: "end", "drained", "failed". */
class RecordingHandler implements ConnectionHandler {
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    @Override
    public void onReadable(TcpConnection connection) {
        ByteBuffer buffer = connection.loop().readBuffer().clear();
        int count = connection.read(buffer);
        if (count == TcpConnection.END_OF_STREAM) {
            connection.pauseReading();
            events.add("end");
        } else {
            keep(buffer.flip());
        }
    }

    private synchronized void keep(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        received.writeBytes(copy);
        notifyAll();
    }

    @Override
    public void onDrained(TcpConnection connection) {
        assertThat(connection.pending()).isZero();
        events.add("drained");
    }

    @Override
    public void onFailed(TcpConnection connection) {
        assertThat(connection.isClosed()).isTrue();
        events.add("failed");
    }

    /** Waits for the next event. */
    String next() throws InterruptedException {
        String event = events.poll(TestLoop.LIMIT_MILLIS, TimeUnit.MILLISECONDS);
        assertThat(event).as("something happens").isNotNull();
        return event;
    }

    /** What happened that {@link #next} has not returned. */
    Iterable<String> events() {
        return events;
    }

    /** All bytes so far. */
    synchronized byte[] received() {
        return received.toByteArray();
    }

    /** Waits until so many bytes have come in total. */
    synchronized byte[] awaitReceived(int count) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TestLoop.LIMIT_MILLIS);
        while (received.size() < count) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            assertThat(left)
                    .as("%s of %s bytes came in time", received.size(), count)
                    .isPositive();
            wait(left);
        }
        return received.toByteArray();
    }
}
