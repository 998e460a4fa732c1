package io.github.mtgjava.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One thread with a selector and alarms, on which the ends of thousands of connections live. */
final class Reactor implements AutoCloseable {

    private static final int READ_BUFFER_BYTES = 64 * 1024;
    private static final long LIMIT_SECONDS = 60;
    private static final long LONGEST_SLEEP_MILLIS = 1_000;

    private final Selector selector = Selector.open();
    private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_BUFFER_BYTES);
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>();
    private final Consumer<Throwable> failures;
    private final Thread thread;
    private volatile boolean closing;

    /** Whoever waits for a channel. */
    interface Ready {

        void ready(int operations) throws IOException;
    }

    /** Something to do at a time, unless it is cancelled before. */
    static final class Alarm implements Comparable<Alarm> {

        private final long at;
        private final Runnable action;
        private boolean cancelled;

        private Alarm(long at, Runnable action) {
            this.at = at;
            this.action = action;
        }

        void cancel() {
            cancelled = true;
        }

        @Override
        public int compareTo(Alarm other) {
            return Long.signum(at - other.at);
        }
    }

    /**
     * Starts the thread.
     *
     * @param failures told of what is thrown on it
     */
    Reactor(String name, Consumer<Throwable> failures) throws IOException {
        this.failures = failures;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Runs the task on the thread, soon. Callable from any thread. */
    void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /** Runs the task on the thread and waits for its end. Callable from any other thread. */
    void call(Runnable task) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        execute(() -> {
            try {
                task.run();
                done.complete(null);
            } catch (Throwable failure) {
                done.completeExceptionally(failure);
            }
        });
        done.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Does that after so long. Confined to the thread, as is all that follows. */
    Alarm after(long millis, Runnable action) {
        Alarm alarm = new Alarm(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis), action);
        alarms.add(alarm);
        return alarm;
    }

    /** The one buffer that everything is read into; free again as soon as its user returns. */
    ByteBuffer readBuffer() {
        return readBuffer;
    }

    SelectionKey register(SelectableChannel channel, int operations, Ready ready) throws IOException {
        return channel.register(selector, operations, ready);
    }

    /** Closes a channel for good: the kernel's goes only when the selector has let go of it. */
    void close(SelectableChannel channel) {
        try {
            channel.close();
            selector.selectNow(this::dispatch);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void run() {
        try {
            while (!closing) {
                selector.select(this::dispatch, tasks.isEmpty() ? sleepMillis() : 1);
                ring();
                runTasks();
            }
            for (SelectionKey key : new ArrayList<>(selector.keys())) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException failure) {
            failures.accept(failure);
        }
    }

    private long sleepMillis() {
        Alarm next = alarms.peek();
        if (next == null) {
            return LONGEST_SLEEP_MILLIS;
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(next.at - System.nanoTime());
        return Math.max(1, Math.min(millis + 1, LONGEST_SLEEP_MILLIS));
    }

    private void dispatch(SelectionKey key) {
        guard(() -> {
            if (key.isValid()) {
                ((Ready) key.attachment()).ready(key.readyOps());
            }
        });
    }

    private void ring() {
        long now = System.nanoTime();
        List<Alarm> due = new ArrayList<>();
        while (!alarms.isEmpty() && alarms.peek().at - now <= 0) {
            due.add(alarms.poll());
        }
        for (Alarm alarm : due) {
            if (!alarm.cancelled) {
                guard(alarm.action::run);
            }
        }
    }

    private void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            guard(task::run);
        }
    }

    private interface Action {
        void run() throws IOException;
    }

    private void guard(Action action) {
        try {
            action.run();
        } catch (Throwable failure) {
            failures.accept(failure);
        }
    }

    /** Closes every channel and ends the thread. */
    @Override
    public void close() throws InterruptedException {
        closing = true;
        selector.wakeup();
        thread.join(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
    }
}
