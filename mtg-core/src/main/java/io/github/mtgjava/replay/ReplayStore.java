package io.github.mtgjava.replay;

import java.io.Closeable;
import java.io.IOException;

/** Where fingerprints survive a restart. Everything may take long, or fail. Confined to one thread. */
interface ReplayStore extends Closeable {

    /**
     * Makes sure that nobody else uses it.
     *
     * @return the salt of all fingerprints in it, those to come included
     * @throws DirectoryLock.TakenException if somebody else does: it may be tried again
     * @throws IOException if nothing can be kept
     */
    byte[] open() throws IOException;

    /** Restores what is there, oldest first. What is of no use is removed, and the log told. */
    void load(ReplayGenerations into) throws IOException;

    /** Keeps a batch, and removes what is forgotten. */
    void append(Batch batch) throws IOException;
}
