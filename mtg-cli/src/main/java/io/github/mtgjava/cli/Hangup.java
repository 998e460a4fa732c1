package io.github.mtgjava.cli;

import java.lang.reflect.Proxy;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP, by which operators have a daemon read its files again. Left alone, the JVM would end. Where there is no such signal,
 * or it is not ours to handle, it just never comes.
 *
 * <p>The JDK's only way to signals is {@code sun.misc.Signal}. It is reached by reflection because the compiler warns of every
 * use, which cannot be turned off.
 */
final class Hangup implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Hangup.class);

    private static final String SIGNAL = "sun.misc.Signal";
    private static final String HANDLER = "sun.misc.SignalHandler";

    private final Semaphore came = new Semaphore(0);
    /** Who handled it before; null if nobody can. */
    private final @Nullable Object before;

    private Hangup() {
        before = handleHere();
    }

    /** From now on it no longer ends the process. */
    static Hangup expected() {
        return new Hangup();
    }

    private @Nullable Object handleHere() {
        try {
            Class<?> type = Class.forName(HANDLER);
            Object handler = Proxy.newProxyInstance(
                    Hangup.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                        came.release();
                        return null;
                    });
            Object replaced = handle(type, handler);
            if (type.getField("SIG_IGN").get(null).equals(replaced)) {
                LOG.debug("SIGHUP stays ignored, as it was when the JVM started: there is no reload under nohup");
            }
            return replaced;
        } catch (ReflectiveOperationException notOurs) {
            LOG.debug("SIGHUP cannot be handled: this platform has none, or the JVM runs with -Xrs", notOurs);
            return null;
        }
    }

    private static Object handle(Class<?> type, Object handler) throws ReflectiveOperationException {
        Class<?> signal = Class.forName(SIGNAL);
        return signal.getMethod("handle", signal, type)
                .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), handler);
    }

    /** Waits until it comes, or has come since the last time: once or more often is the same. */
    void await() throws InterruptedException {
        came.acquire();
        came.drainPermits();
    }

    /** It does again what it did before. */
    @Override
    public void close() {
        if (before == null) {
            return;
        }
        try {
            handle(Class.forName(HANDLER), before);
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("a signal that could be taken can be given back", impossible);
        }
    }
}
