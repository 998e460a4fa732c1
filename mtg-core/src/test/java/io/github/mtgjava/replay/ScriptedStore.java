package io.github.mtgjava.replay;

import io.github.mtgjava.replay.ReplayFiles.Print;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A disk that is as slow, and fails, as the test likes. */
final class ScriptedStore implements ReplayStore {

    private static final long LIMIT_SECONDS = 20;

    /** Until they are released: what the disk has to do waits. */
    final CountDownLatch opening;

    /** When loading has begun, the salt is known. */
    final CountDownLatch loadBegun = new CountDownLatch(1);

    final CountDownLatch loading;
    final CountDownLatch appending;

    private final List<Print> kept;
    private final Set<Print> appended = new LinkedHashSet<>();
    private volatile @Nullable RuntimeException loadFault;
    private volatile @Nullable IOException appendFailure;
    private boolean closed;

    private ScriptedStore(List<Print> kept, int opening, int loading, int appending) {
        this.kept = kept;
        this.opening = new CountDownLatch(opening);
        this.loading = new CountDownLatch(loading);
        this.appending = new CountDownLatch(appending);
    }

    /** Nothing waits. */
    static ScriptedStore quick() {
        return new ScriptedStore(List.of(), 0, 0, 0);
    }

    /** Has these, and loads and opens when it is released. */
    static ScriptedStore slowToOpen(List<Print> kept) {
        return new ScriptedStore(kept, 1, 0, 0);
    }

    /** Has these, and loads when it is released. */
    static ScriptedStore slowToLoad(List<Print> kept) {
        return new ScriptedStore(kept, 0, 1, 0);
    }

    /** Writes when it is released. */
    static ScriptedStore slowToWrite() {
        return new ScriptedStore(List.of(), 0, 0, 1);
    }

    ScriptedStore failingToLoad(RuntimeException fault) {
        loadFault = fault;
        return this;
    }

    /** From now on; null for no more. */
    void failToAppend(@Nullable IOException failure) {
        appendFailure = failure;
    }

    @Override
    public byte[] open() throws IOException {
        pass(opening);
        return ReplayFiles.SALT.clone();
    }

    @Override
    public void load(ReplayGenerations into) throws IOException {
        loadBegun.countDown();
        pass(loading);
        RuntimeException fault = loadFault;
        if (fault != null) {
            throw fault;
        }
        kept.forEach(print -> into.restore(print.high(), print.low()));
    }

    @Override
    public void append(Batch batch) throws IOException {
        pass(appending);
        synchronized (this) {
            notifyAll();
            IOException failure = appendFailure;
            if (failure != null) {
                throw failure;
            }
            for (int i = 0; i < batch.size(); i++) {
                if (!appended.add(new Print(batch.high(i), batch.low(i)))) {
                    throw new AssertionError("kept twice");
                }
            }
        }
    }

    private static void pass(CountDownLatch gate) throws IOException {
        try {
            if (!gate.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody released the disk");
            }
        } catch (InterruptedException interrupted) {
            throw new IOException("interrupted", interrupted);
        }
    }

    synchronized int appended() {
        return appended.size();
    }

    synchronized boolean has(Print print) {
        return appended.contains(print);
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Waits until it has so many. */
    synchronized void awaitAppended(int count) throws InterruptedException {
        await(() -> appended.size() >= count);
    }

    synchronized void awaitClosed() throws InterruptedException {
        await(() -> closed);
    }

    private void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!condition.getAsBoolean()) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("not within the limit: " + appended.size() + " kept");
            }
            wait(left);
        }
    }

    /** All those that were kept. */
    synchronized List<Print> all() {
        return new ArrayList<>(appended);
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
