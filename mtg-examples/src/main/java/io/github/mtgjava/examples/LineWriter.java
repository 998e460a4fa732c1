package io.github.mtgjava.examples;

import java.io.IOException;
import java.io.Writer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes lines on a thread of its own, so that nobody who has a line to write waits. What its queue has no room for is
 * dropped and counted. If writing fails, it says so in the log and drops everything from then on. Thread-safe.
 */
final class LineWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LineWriter.class);
    private static final String END = "";

    private final BlockingQueue<String> waiting;
    private final LongAdder dropped = new LongAdder();
    private final Thread thread;
    private volatile boolean ended;

    /**
     * Starts the thread.
     *
     * @param out closed in the end
     * @param capacity how many lines may wait, at least 1
     */
    LineWriter(Writer out, int capacity) {
        waiting = new ArrayBlockingQueue<>(capacity);
        thread = new Thread(() -> writeAll(out), "line-writer");
        thread.setDaemon(true);
        thread.start();
    }

    /** Has a line written, without its end. Never waits. */
    void write(String line) {
        boolean waits = waiting.offer(line + '\n');
        if (!waits) {
            dropped.increment();
        } else if (ended) {
            dropAll();
        }
    }

    /** Lines that nobody has written, nor will. */
    long dropped() {
        return dropped.sum();
    }

    private void writeAll(Writer out) {
        try (out) {
            for (String line = waiting.take(); !line.equals(END); line = waiting.take()) {
                out.write(line);
                if (waiting.isEmpty()) {
                    out.flush();
                }
            }
        } catch (IOException e) {
            LOG.error("lines are lost from now on: they cannot be written", e);
        } catch (InterruptedException e) {
            LOG.error("lines are lost from now on: the thread that writes them was interrupted", e);
        } finally {
            ended = true;
            dropAll();
        }
    }

    private void dropAll() {
        for (String line = waiting.poll(); line != null; line = waiting.poll()) {
            if (!line.equals(END)) {
                dropped.increment();
            }
        }
    }

    /** Writes what is waiting, then ends. What comes later is dropped. */
    @Override
    public void close() {
        try {
            if (!ended) {
                // The thread takes lines as long as it lives, and all of them when it ends: there will be room.
                waiting.put(END);
            }
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
