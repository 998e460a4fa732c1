package io.github.mtgjava.cli.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Threads that do not keep the process alive: what hangs is left behind. */
final class Daemons {

    private Daemons() {}

    /** Starts to work; cancelling the task interrupts the thread. */
    static <T> FutureTask<T> start(String name, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "mtg-doctor-" + name);
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    /** Waits for what all of them give, in their order. Work that throws is a fault of ours. */
    static <T> List<T> await(List<FutureTask<T>> tasks) throws InterruptedException {
        List<T> results = new ArrayList<>();
        try {
            for (FutureTask<T> task : tasks) {
                results.add(task.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a part of a check failed", e.getCause());
        } finally {
            tasks.forEach(task -> task.cancel(true));
        }
        return results;
    }
}
