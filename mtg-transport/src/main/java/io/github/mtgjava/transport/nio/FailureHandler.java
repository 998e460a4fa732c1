package io.github.mtgjava.transport.nio;

/**
 * Told of an unexpected failure that was contained: the loop goes on. Called on the loop's thread; must not throw.
 */
@FunctionalInterface
public interface FailureHandler {

    /** Reports what a task, a timer or a connection's handler threw. */
    void onFailure(Throwable failure);
}
