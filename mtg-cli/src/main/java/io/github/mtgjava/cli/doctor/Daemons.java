package io.github.mtgjava.cli.doctor;

import java.util.concurrent.Callable;
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
}
