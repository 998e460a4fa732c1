package io.github.mtgjava.cli;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * SIGHUP, by which operators have a daemon read its files again. Left alone, the JVM would end. Where there is no such signal,
 * or it is not ours to handle, it just never comes.
 */
final class Hangup implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Hangup.class);
    private static final String NAME = "HUP";

    private final Semaphore came = new Semaphore(0);
    private final @Nullable SignalHandler before;

    private Hangup() {
        before = handle(signal -> came.release());
        if (SignalHandler.SIG_IGN.equals(before)) {
            LOG.debug("SIGHUP stays ignored, as it was when the JVM started: under nohup there is no reload");
        }
    }

    /** From now on it no longer ends the process. */
    static Hangup expected() {
        return new Hangup();
    }

    private static @Nullable SignalHandler handle(SignalHandler handler) {
        try {
            return Signal.handle(new Signal(NAME), handler);
        } catch (IllegalArgumentException notOurs) {
            LOG.debug("SIGHUP cannot be handled: there is none on this platform, or the JVM runs with -Xrs", notOurs);
            return null;
        }
    }

    /** Waits until it comes, or has come since the last time: once or more often is the same. */
    void await() throws InterruptedException {
        came.acquire();
        came.drainPermits();
    }

    /** It does again what it did before. */
    @Override
    public void close() {
        if (before != null) {
            handle(before);
        }
    }
}
