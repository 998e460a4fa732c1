package io.github.mtgjava.transport.nio;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread, one selector, and everything that lives on them: connections, timers, tasks from other threads.
 *
 * <p>Nothing that runs here may block. A failure in one handler, task or timer is contained, reported and forgotten:
 * only a broken selector ends the loop.
 *
 * <p>Other threads may call {@link #execute}, {@link #load}, {@link #pool()}{@code .bytesInUse()}, {@link #pulse()} and {@link
 * #shutdown};
 * all the rest is confined to the loop's thread.
 */
public final class EventLoop {

    /** Size of the one buffer that every connection of the loop is read into, in bytes. */
    public static final int READ_BUFFER_BYTES = 256 * 1024;

    /** Bound on the tasks run in one turn, so that tasks which post tasks cannot starve the sockets. */
    private static final int MAX_TASKS_PER_TURN = 1024;

    /** Bound on the rounds of tasks while the loop ends, so that a task which posts itself cannot keep it alive. */
    private static final int MAX_CLOSING_ROUNDS = 64;

    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

    private final Ticker ticker;
    private final FailureHandler failures;
    private final Selector selector;
    private final Thread thread;
    /** Made once: a turn makes no garbage. */
    private final Consumer<SelectionKey> dispatcher = this::dispatch;

    private final TimerWheel timers;
    private final BufferPool pool;
    private final Holders holders = new Holders();
    private final Pulse pulse;
    private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_BUFFER_BYTES);
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean wakeUpRequested = new AtomicBoolean();
    private final AtomicInteger load = new AtomicInteger();
    private volatile boolean stopping;
    private long now;
    private boolean nowIsFresh;

    /**
     * A loop that is not running yet.
     *
     * @param name of the thread
     * @param failures told of what handlers, timers and tasks throw
     * @param budget may be shared with other loops
     * @throws IOException if the system grants no selector
     */
    public EventLoop(String name, Ticker ticker, FailureHandler failures, BufferBudget budget) throws IOException {
        this.ticker = ticker;
        this.pool = new BufferPool(budget);
        this.failures = failures;
        this.pulse = new Pulse(ticker);
        selector = Selector.open();
        now = ticker.nanos();
        timers = new TimerWheel(now);
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /** Starts the thread; call once. */
    public void start() {
        try {
            thread.start();
        } catch (Throwable noThread) {
            closeEverything();
            throw noThread;
        }
        ticker.onJump(this::wakeUp);
    }

    /** Runs the task on the loop, soon. Callable from any thread; tasks posted after {@link #shutdown} may never run. */
    public void execute(Runnable task) {
        tasks.add(task);
        if (!inEventLoop()) {
            wakeUp();
        }
    }

    /** Closes every connection and ends the thread, soon. Callable from any thread, more than once. */
    public void shutdown() {
        stopping = true;
        pulse.end();
        wakeUp();
    }

    /**
     * Waits for the thread to end.
     *
     * @param millis how long at most; less than 1 is 1
     * @return whether it has ended
     * @throws InterruptedException if the waiting thread is interrupted; the loop goes on
     */
    public boolean join(long millis) throws InterruptedException {
        thread.join(Math.max(1, millis));
        return !thread.isAlive();
    }

    /** Whether the caller runs on this loop's thread. */
    public boolean inEventLoop() {
        return Thread.currentThread() == thread;
    }

    /** Whether the loop has not been told to end. Callable from any thread. */
    public boolean isRunning() {
        return !stopping;
    }

    /** The time of this turn of the loop, from its {@link Ticker}. */
    public long now() {
        return now;
    }

    /** Schedules the timer to fire at or shortly after the deadline; moves it if it is scheduled already. */
    public void schedule(Timer timer, long deadlineNanos) {
        assert inEventLoop();
        timers.schedule(timer, deadlineNanos);
    }

    /**
     * The loop's read buffer. Whoever reads a connection uses it from scratch, and is done with it when it returns to
     * the loop.
     */
    public ByteBuffer readBuffer() {
        return readBuffer;
    }

    /** Where bytes wait that a socket did not take. */
    public BufferPool pool() {
        return pool;
    }

    /**
     * Breaks the connection that is stuck for longest with bytes that are held for it, if that is so long.
     *
     * @return whether there was such a one
     */
    public boolean dropStuck(long nanos) {
        assert inEventLoop();
        return holders.dropStuckBefore(now - nanos);
    }

    /** Which connections hold bytes. */
    Holders holders() {
        return holders;
    }

    /** How the loop is doing. Callable from any thread. */
    public Pulse pulse() {
        return pulse;
    }

    /** How many units of work (sessions, say) the loop carries; see {@link #addLoad}. Callable from any thread. */
    public int load() {
        return load.get();
    }

    /** Adds to the loop's load, by which {@link EventLoopGroup#leastLoaded} chooses. Callable from any thread. */
    public void addLoad(int delta) {
        load.addAndGet(delta);
    }

    /** Registers a channel; {@code Selectable#ready} is called on this thread whenever it is ready. */
    SelectionKey register(SelectableChannel channel, int operations, Selectable selectable) throws IOException {
        assert inEventLoop();
        return channel.register(selector, operations, selectable);
    }

    void wakeUp() {
        if (wakeUpRequested.compareAndSet(false, true)) {
            selector.wakeup();
        }
    }

    private void run() {
        try {
            while (!stopping) {
                turn();
            }
        } catch (IOException | RuntimeException brokenSelector) {
            LOG.error("event loop {} ended: its selector is broken", thread.getName(), brokenSelector);
            failures.onFailure(brokenSelector);
        } finally {
            stopping = true;
            closeEverything();
        }
    }

    private void turn() throws IOException {
        nowIsFresh = false;
        if (tasks.isEmpty()) {
            selector.select(dispatcher, Math.min(millisToNextTimer(), Pulse.MAX_SLEEP_MILLIS));
        } else {
            selector.selectNow(dispatcher);
        }
        wakeUpRequested.set(false);
        refreshNow();
        timers.advance(now, failures);
        runTasks();
        pulse.beat(now);
    }

    private long millisToNextTimer() {
        long nanos = timers.nanosToNext(ticker.nanos());
        return nanos / 1_000_000 + 1;
    }

    private void refreshNow() {
        if (!nowIsFresh) {
            now = ticker.nanos();
            nowIsFresh = true;
        }
    }

    private void dispatch(SelectionKey key) {
        refreshNow();
        if (!key.isValid() || !(key.attachment() instanceof Selectable selectable)) {
            return;
        }
        try {
            selectable.ready(key.readyOps());
        } catch (Throwable failure) {
            failures.onFailure(failure);
            abandon(selectable);
        }
    }

    private void abandon(Selectable selectable) {
        try {
            selectable.abandon();
        } catch (Throwable failure) {
            failures.onFailure(failure);
        }
    }

    private void runTasks() {
        for (int i = 0; i < MAX_TASKS_PER_TURN; i++) {
            Runnable task = tasks.poll();
            if (task == null) {
                return;
            }
            try {
                task.run();
            } catch (Throwable failure) {
                failures.onFailure(failure);
            }
        }
    }

    private void closeEverything() {
        // Whoever is told of the end may post tasks, and a task may open what has to be closed in its turn.
        int rounds = 0;
        do {
            runTasks();
            for (SelectionKey key : new ArrayList<>(selector.keys())) {
                if (key.attachment() instanceof Selectable selectable) {
                    abandon(selectable);
                }
            }
        } while (!tasks.isEmpty() && ++rounds < MAX_CLOSING_ROUNDS);
        try {
            selector.close();
        } catch (IOException failure) {
            LOG.warn("event loop {} could not close its selector", thread.getName(), failure);
        }
    }
}
