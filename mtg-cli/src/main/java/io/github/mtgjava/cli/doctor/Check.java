package io.github.mtgjava.cli.doctor;

import java.util.List;

/** One thing to look at. Called once, on any thread; may block within the time limit that it was given. */
interface Check {

    /** A word for it: the first column of the report. */
    String name();

    /**
     * Looks. Empty if another check says why there is nothing to look at: each fault is to be reported once.
     *
     * @throws InterruptedException if there is no more time
     */
    List<Finding> run() throws InterruptedException;
}
